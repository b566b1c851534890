"""Who may do what, what a handle and a password may be, how long things last and how tries are slowed down."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from workshops.errors import N_, Refusal

HANDLE_LEAST, HANDLE_MOST = 2, 40
PASSWORD_LEAST, PASSWORD_MOST = 12, 200
SIGNED_IN_FOR = timedelta(hours=12)
INVITED_FOR = timedelta(hours=48)
ACTIONS_KEPT_FOR = timedelta(days=30)
FIRST_DELAY = timedelta(seconds=0.25)
LONGEST_DELAY = timedelta(seconds=8)
TRIES_REMEMBERED_FOR = timedelta(hours=1)
SECOND_FACTOR = 2

EASY_PASSWORDS = frozenset(
    {
        *("123456789012", "1234567890123", "12345678901234", "123456789012345", "1234567890123456", "012345678901"),
        *("password1234", "password12345", "passwordpassword", "password123456", "mypassword123", "passw0rd1234"),
        *("qwertyuiop12", "qwertyuiop123", "qwertyuiopasdf", "qwertyqwerty", "1q2w3e4r5t6y", "1qaz2wsx3edc"),
        *("administrator", "adminadminadmin", "changemechangeme", "letmeinletmein", "iloveyou1234", "welcome12345"),
        *("abcdefghijkl", "abcdefghijklm", "abcdefghijklmnop", "abcdabcdabcd", "abc123abc123", "abcd1234abcd"),
        *(
            "workshops123",
            "workshops1234",
            "workshopworkshop",
            "facilitator1",
            "coordinator1",
            "correcthorsebatterystaple",
        ),
    }
)


class Role(Enum):
    """What somebody of staff does here; the values are the columns that hold it."""

    COORDINATOR = "coordinator"
    FACILITATOR = "facilitator"
    REPORTER = "reporter"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A handle as rows keep it, and a password as it was typed."""

    handle: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who sent a request, as their browser session says."""

    account_id: str
    handle: str
    roles: frozenset[Role]
    factor_level: int
    fresh_until: datetime | None

    def has_fresh_factor(self, now: datetime) -> bool:
        """Whether a second factor was given lately."""
        return self.factor_level >= SECOND_FACTOR and self.fresh_until is not None and now < self.fresh_until


class NotLetIn(Refusal):
    reason = N_("This handle and this password do not belong together. Try again: nobody is ever locked out.")


class InvitationOver(Refusal):
    reason = N_(
        "This code is used, over or mistyped. If you have used it yourself, sign in; otherwise ask for a new one."
    )


class HandleTaken(Refusal):
    reason = N_("Somebody here has this handle already. Choose another one; your invitation is still good.")


class FactorNeeded(Refusal):
    reason = N_("This needs a second proof that it is you, given lately.")


class NeedsHttps(Refusal):
    reason = N_("Signing in needs an https address. Nothing was sent on.")


def may_act_as(roles: Collection[Role], wanted: Role) -> bool:
    """Whether somebody with these roles may do what `wanted` does; coordinators may do all of it."""
    return wanted in roles or Role.COORDINATOR in roles


def as_handle(text: str) -> str:
    """A handle as rows keep it: lower case, one way of writing each letter, single spaces."""
    lowered = unicodedata.normalize("NFKC", text).lower()
    return " ".join(unicodedata.normalize("NFKC", lowered).split())


def why_no_handle(handle: str) -> str | None:
    """The sentence that says why this cannot be a handle, if so."""
    if "@" in handle or _is_number_to_call(handle):
        return N_("Never take an e-mail address or a phone number as a handle.")
    if not HANDLE_LEAST <= len(handle) <= HANDLE_MOST:
        return N_("A handle has 2 to 40 characters.")
    if not all(_is_handle_character(each) for each in handle) or not any(each.isalnum() for each in handle):
        return N_("A handle is made of letters and digits; spaces, dots, dashes and apostrophes may stand between.")
    return None


def _is_handle_character(each: str) -> bool:
    return unicodedata.category(each)[0] in "LMN" or each in " .-_'’·"  # noqa: RUF001 (apostrophes of several scripts)


def _is_number_to_call(handle: str) -> bool:
    kept = [each for each in handle if each not in " +-./()"]
    return len(kept) > 5 and all(each.isdigit() for each in kept)  # noqa: PLR2004 (shorter ones are years and the like)


def why_no_password(password: str, handle: str) -> str | None:
    """The sentence that says why this cannot be the password of that handle, if so."""
    if len(password) < PASSWORD_LEAST:
        return N_("A password has at least 12 characters. Four or five words that do not belong together are good.")
    if len(password) > PASSWORD_MOST:
        return N_("A password has at most 200 characters.")
    folded = as_handle(password)
    if folded == handle or folded.replace(" ", "") in EASY_PASSWORDS or len(set(folded)) < 4:  # noqa: PLR2004 (aaaa…, abab…)
        return N_("This password is among the first that others would try. Take another one.")
    return None


def signed_in_until(now: datetime) -> datetime:
    return to_the_hour(now + SIGNED_IN_FOR)


def invited_until(now: datetime) -> datetime:
    return to_the_hour(now + INVITED_FOR)


def to_the_hour(moment: datetime) -> datetime:
    """Round up to the hour, so that an expiry does not tell when it was set."""
    hour = moment.replace(minute=0, second=0, microsecond=0)
    return hour if hour == moment else hour + timedelta(hours=1)


def delay_after(tries: int) -> timedelta:
    """How much later the next answer comes after so many tries in vain; twice as late each time, up to a bound."""
    if tries == 0:
        return timedelta(0)
    doublings = min(tries - 1, 16)  # far beyond the bound, and no huge numbers
    return min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)
