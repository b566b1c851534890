"""Codes: sixteen digits in four groups, fifteen of them random and one that shows a typo."""

import secrets
import unicodedata
from dataclasses import dataclass, field

from workshops.vault import Key

RANDOM_DIGITS = 15
GROUP = 4

# A totally anti-symmetric quasigroup of order 10: every single wrong digit and every
# swap of neighbours changes the check digit. Source: H. M. Damm, 2004.
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


@dataclass(frozen=True, slots=True)
class Code:
    """What a participant holds; its digits stay out of `repr` and so out of logs."""

    digits: str = field(repr=False)

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(self.digits[start : start + GROUP] for start in range(0, len(self.digits), GROUP))


@dataclass(frozen=True, slots=True)
class Typo:
    """Digits that cannot be a code: too few, too many, or the check digit says so."""


def derive_code(secret: bytes, key: Key) -> Code:
    """The code that belongs to a nonce: the same nonce and key always give the same code."""
    number = int.from_bytes(key.digest(secret)) % 10**RANDOM_DIGITS
    digits = f"{number:0{RANDOM_DIGITS}d}"
    return Code(digits + str(check_digit(digits)))


def random_code() -> Code:
    """A code that no form leads to, for paper slips."""
    digits = f"{secrets.randbelow(10**RANDOM_DIGITS):0{RANDOM_DIGITS}d}"
    return Code(digits + str(check_digit(digits)))


def check_digit(digits: str) -> int:
    """The digit that makes `digits` read without a typo."""
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return interim


def read_code(text: str) -> Code | Typo:
    """Read a code as people type it: digits of any script, with spaces, dashes and dots between."""
    joined = read_digits(text)
    if joined is None or len(joined) != RANDOM_DIGITS + 1 or check_digit(joined) != 0:
        return Typo()
    return Code(joined)


def read_digits(text: str) -> str | None:
    """The digits of a text in any script, without what separates them; None where there is anything else."""
    digits = []
    for each in text[:200]:
        value = unicodedata.digit(each, None)
        if value is not None and unicodedata.category(each) == "Nd":
            digits.append(str(value))
        elif not _separates(each):
            return None
    return "".join(digits)


def _separates(each: str) -> bool:
    return each.isspace() or each in ".·,/" or unicodedata.category(each) in {"Pd", "Cf"}
