"""What participants send: ticks, a nonce, a code; never a text of their own."""

import re

from workshops.registration.codes import Code, Typo, read_code
from workshops.registration.rules import TICKS, Need
from workshops.web.forms import Values, first

LANGUAGE = re.compile(r"[A-Za-z0-9-]{2,16}", re.ASCII)


def read_needs(values: Values) -> Need:
    """The ticked access needs; a value that is none of ours ticks nothing."""
    names = {need.name: need for need in TICKS}
    needs = Need(0)
    for value in values.get("need", ()):
        needs |= names.get(value, Need(0))
    return needs


def read_interpreters(values: Values) -> frozenset[str]:
    """The languages into which somebody asks for an interpreter; the session says which of them it can be."""
    return frozenset(each for each in values.get("interpreter", ()) if LANGUAGE.fullmatch(each))


def ticked_of(needs: Need) -> frozenset[str]:
    """The names of ticked needs, as forms send them."""
    return frozenset(str(need.name) for need in TICKS if need in needs)


def read_code_field(values: Values) -> Code | Typo:
    return read_code(first(values, "code"))
