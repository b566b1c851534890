"""What participants send: ticks, a nonce, a code; never a text of their own."""

from workshops.registration.codes import Code, Typo, read_code
from workshops.registration.rules import Need
from workshops.web.forms import Values, first


def read_needs(values: Values) -> Need:
    """The ticked access needs; a value that is none of ours ticks nothing."""
    names = {need.name: need for need in Need}
    needs = Need(0)
    for value in values.get("need", ()):
        needs |= names.get(value, Need(0))
    return needs


def read_code_field(values: Values) -> Code | Typo:
    return read_code(first(values, "code"))
