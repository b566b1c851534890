import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshops.registration.codes import Code, Typo, check_digit, derive_code, read_code, read_digits
from workshops.vault import Key, Purpose

KEY = Key(Purpose.DERIVATION, 1, bytes(range(32)))
DIGITS = st.text("0123456789", min_size=15, max_size=15)


def whole(digits: str) -> str:
    return digits + str(check_digit(digits))


def test_a_nonce_always_gives_the_same_code() -> None:
    assert derive_code(b"one secret", KEY) == derive_code(b"one secret", KEY)
    assert derive_code(b"one secret", KEY) != derive_code(b"another secret", KEY)


@given(st.binary(min_size=16, max_size=16))
def test_a_derived_code_has_sixteen_digits_in_four_groups_and_reads_back(secret: bytes) -> None:
    code = derive_code(secret, KEY)

    assert [len(group) for group in code.groups] == [4, 4, 4, 4]
    assert read_code(" ".join(code.groups)) == code


@given(DIGITS, st.integers(0, 15), st.integers(1, 9))
def test_every_single_wrong_digit_is_a_typo(digits: str, place: int, shift: int) -> None:
    right = whole(digits)
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]

    assert read_code(wrong) == Typo()


@given(DIGITS, st.integers(0, 14))
def test_every_swap_of_unlike_neighbours_is_a_typo(digits: str, place: int) -> None:
    right = whole(digits)
    wrong = right[:place] + right[place + 1] + right[place] + right[place + 2 :]

    assert read_code(wrong) == (Code(right) if wrong == right else Typo())


@pytest.mark.parametrize("zero", ["0", "٠", "۰", "०", "๐", "０"])
def test_digits_of_any_script_are_read(zero: str) -> None:
    right = whole("123450987612345")
    typed = "".join(chr(ord(zero) + int(digit)) for digit in right)

    assert read_code(typed) == Code(right)


@pytest.mark.parametrize("between", [" ", "-", "–", "\u00a0", "\u200f", ".", "\t", "  - "])
def test_what_people_put_between_groups_does_not_matter(between: str) -> None:
    code = Code(whole("123450987612345"))

    assert read_code(between.join(code.groups)) == code


@pytest.mark.parametrize("text", ["", "1234", "x" * 16, "1" * 17, "½" * 16, "\0" * 16, "²" * 16, "1" * 100_000])
def test_what_cannot_be_a_code_is_a_typo(text: str) -> None:
    assert read_code(text) == Typo()


def test_a_code_stays_out_of_what_is_printed_for_debugging() -> None:
    assert "1234" not in repr(Code(whole("123450987612345")))


def test_digits_are_read_alone() -> None:
    assert read_digits("12 34-५६") == "123456"
    assert read_digits("12x4") is None
