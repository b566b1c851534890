"""Text from the forms at the door; what was typed comes back, a password never does."""

from dataclasses import dataclass

from workshops.errors import N_
from workshops.staff.rules import HANDLE_MOST, PASSWORD_MOST, Credentials, as_handle, why_no_handle, why_no_password
from workshops.staff.tokens import Token, read_invitation_token
from workshops.web.forms import MISSING, NOT_PLAIN, TOO_LONG, Fault, Rejected, Values, first, is_plain, short_text

CODE_MOST = 60  # with spaces or dashes between all of its characters
NO_CODE = N_("This code has a typo. It is four groups of five letters and digits.")


@dataclass(frozen=True, slots=True)
class Acceptance:
    """An invitation's code, with the handle and password chosen for it."""

    token: Token
    chosen: Credentials


def read_sign_in(values: Values) -> Credentials | Rejected:
    """Read a handle and a password; whether they are anybody's is not asked here."""
    faults: dict[str, Fault] = {}
    handle = short_text(values, "handle", HANDLE_MOST, faults, needed=True)
    password = _password(values, faults)
    if faults:
        return Rejected({"handle": handle}, faults)
    return Credentials(as_handle(handle), password)


def read_acceptance(values: Values) -> Acceptance | Rejected:
    """Read what somebody invited typed."""
    faults: dict[str, Fault] = {}
    code = short_text(values, "code", CODE_MOST, faults, needed=True)
    token = read_invitation_token(code)
    if token is None:
        faults.setdefault("code", Fault(NO_CODE))
    handle = short_text(values, "handle", HANDLE_MOST, faults, needed=True)
    _fault(faults, "handle", why_no_handle(as_handle(handle)))
    chosen = Credentials(as_handle(handle), _password(values, faults))
    _fault(faults, "password", why_no_password(chosen.password, chosen.handle))
    if faults or token is None:
        return Rejected({"code": code, "handle": handle}, faults)
    return Acceptance(token, chosen)


def _password(values: Values, faults: dict[str, Fault]) -> str:
    text = first(values, "password")
    if not text:
        faults["password"] = Fault(MISSING)
    elif len(text) > PASSWORD_MOST:
        faults["password"] = Fault(TOO_LONG, {"most": PASSWORD_MOST})
    elif not is_plain(text):
        faults["password"] = Fault(NOT_PLAIN)
    return text


def _fault(faults: dict[str, Fault], name: str, sentence: str | None) -> None:
    if sentence:
        faults.setdefault(name, Fault(sentence))
