from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.make import NOW
from workshops.registration.nonces import code_of, make_nonce, read_nonce
from workshops.vault import Vault, make_vault

SESSION = "abcdefghjkmn"


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    return make_vault(tmp_path_factory.mktemp("keys"))


def test_a_nonce_is_read_back_for_its_own_session_only(vault: Vault) -> None:
    text = make_nonce(SESSION, 3, vault, NOW)

    nonce = read_nonce(text, SESSION, vault)

    assert nonce is not None
    assert (nonce.session_id, nonce.epoch, nonce.issued_at) == (SESSION, 3, NOW)
    assert read_nonce(text, "abcdefghjkmp", vault) is None


def test_a_nonce_of_other_keys_is_not_ours(vault: Vault, tmp_path: Path) -> None:
    text = make_nonce(SESSION, 0, make_vault(tmp_path / "other"), NOW)

    assert read_nonce(text, SESSION, vault) is None


def test_a_nonce_is_good_for_thirty_minutes(vault: Vault) -> None:
    nonce = read_nonce(make_nonce(SESSION, 0, vault, NOW), SESSION, vault)

    assert nonce is not None
    assert nonce.is_good(NOW + timedelta(minutes=29, seconds=59))
    assert not nonce.is_good(NOW + timedelta(minutes=30))
    assert not nonce.is_good(NOW - timedelta(seconds=1))


def test_two_nonces_give_two_codes_and_one_gives_one(vault: Vault) -> None:
    one = read_nonce(make_nonce(SESSION, 0, vault, NOW), SESSION, vault)
    other = read_nonce(make_nonce(SESSION, 0, vault, NOW), SESSION, vault)

    assert one is not None
    assert other is not None
    assert code_of(one, vault) == code_of(one, vault)
    assert code_of(one, vault) != code_of(other, vault)


def test_the_mark_of_a_used_nonce_goes_at_a_full_hour_and_names_no_session(vault: Vault) -> None:
    nonce = read_nonce(make_nonce(SESSION, 0, vault, NOW + timedelta(minutes=17)), SESSION, vault)

    assert nonce is not None
    assert nonce.gone_at == NOW + timedelta(hours=2)
    assert SESSION not in nonce.mark.value


@given(st.text(max_size=300) | st.binary(max_size=80).map(lambda raw: raw.decode("latin-1")))
def test_no_text_that_we_did_not_make_reads_as_a_nonce(vault: Vault, text: str) -> None:
    assert read_nonce(text, SESSION, vault) is None


def test_a_nonce_with_any_character_changed_is_not_ours(vault: Vault) -> None:
    text = make_nonce(SESSION, 0, vault, NOW)

    for place, right in enumerate(text):
        for other in "Aa0-_.=":
            if other != right:
                assert read_nonce(text[:place] + other + text[place + 1 :], SESSION, vault) is None
