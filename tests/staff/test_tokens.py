import pytest

from workshops.staff.tokens import (
    Token,
    new_cookie_token,
    new_invitation_token,
    read_cookie_token,
    read_invitation_token,
)


def test_a_code_reads_back_whatever_its_case_spaces_dashes_and_lookalikes() -> None:
    token = Token("0k1mq7abcd2efgh34567")

    for typed in (
        "0k1mq-7abcd-2efgh-34567",
        " 0K1MQ 7ABCD 2EFGH 34567 ",
        "oklmq7abcd2efgh\uff13\uff14\uff15\uff16\uff17",
        "OKIMQ\u20137abcd…2efgh34567",
    ):
        assert read_invitation_token(typed) == token


@pytest.mark.parametrize(
    "typed", ["", "0k1mq", "0k1mq-7abcd-2efgh-3456u", "0k1mq-7abcd-2efgh-34567-8", "\0", "\ud800" * 20]
)
def test_a_code_with_a_typo_is_none(typed: str) -> None:
    assert read_invitation_token(typed) is None


def test_new_codes_read_back_and_are_never_twice_the_same() -> None:
    made = [new_invitation_token() for _ in range(50)]

    assert [read_invitation_token("-".join(token.groups)) for token in made] == made
    assert len({token.value for token in made}) == 50


def test_tokens_stay_out_of_their_own_repr() -> None:
    token = new_cookie_token()

    assert token.value not in repr(token)
    assert read_cookie_token(token.value) == token


@pytest.mark.parametrize("sent", ["", "x" * 65, "é" * 40])
def test_what_no_cookie_of_ours_can_hold_is_none(sent: str) -> None:
    assert read_cookie_token(sent) is None
