import pytest

from tests.staff.people import PASSWORD
from workshops.staff.forms import Acceptance, read_acceptance, read_sign_in
from workshops.staff.rules import Credentials
from workshops.staff.tokens import Token
from workshops.web.forms import Rejected

CODE = "0k1mq-7abcd-2efgh-34567"
ODD = ["\0", "ro\0bin long enough", "ro\u202ebin long enough", "ro\ud800bin long enough", "z" * 5_000]


def test_a_sign_in_reads_as_a_settled_handle_and_the_password_as_typed() -> None:
    read = read_sign_in({"handle": [" Robin "], "password": [" lamp  otter "]})

    assert read == Credentials("robin", " lamp  otter ")


def test_an_acceptance_reads_as_token_handle_and_password() -> None:
    read = read_acceptance({"code": [CODE], "handle": ["Robin"], "password": [PASSWORD]})

    assert read == Acceptance(Token("0k1mq7abcd2efgh34567"), Credentials("robin", PASSWORD))


def test_an_empty_form_has_a_fault_in_every_field_in_their_order() -> None:
    signing_in, accepting = read_sign_in({}), read_acceptance({})

    assert isinstance(signing_in, Rejected)
    assert isinstance(accepting, Rejected)
    assert list(signing_in.faults) == ["handle", "password"]
    assert list(accepting.faults) == ["code", "handle", "password"]


@pytest.mark.parametrize("name", ["code", "handle", "password"])
@pytest.mark.parametrize("odd", ODD)
def test_odd_and_endless_text_is_a_fault_of_its_own_field_and_nothing_else_typed_is_lost(name: str, odd: str) -> None:
    values = {"code": [CODE], "handle": ["Robin"], "password": [PASSWORD], name: [odd]}

    read = read_acceptance(values)

    assert isinstance(read, Rejected)
    assert list(read.faults) == [name]
    assert {key: read.values[key] for key in {"code", "handle"} - {name}} == {
        key: values[key][0] for key in {"code", "handle"} - {name}
    }


@pytest.mark.parametrize("odd", ODD)
def test_odd_text_at_the_sign_in_is_a_fault(odd: str) -> None:
    for name in ("handle", "password"):
        read = read_sign_in({"handle": ["robin"], "password": [PASSWORD], name: [odd]})

        assert isinstance(read, Rejected)
        assert list(read.faults) == [name]


def test_a_password_is_in_no_rejected_form_and_in_no_repr() -> None:
    rejected = [
        read_sign_in({"handle": [""], "password": [PASSWORD]}),
        read_acceptance({"code": ["x"], "handle": ["r"], "password": [PASSWORD]}),
    ]
    read = read_acceptance({"code": [CODE], "handle": ["robin"], "password": [PASSWORD]})

    assert PASSWORD not in repr(rejected)
    assert PASSWORD not in repr(read)
    assert "0k1mq" not in repr(read)
