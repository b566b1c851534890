"""Challenges that fit one form only."""

import base64
import json
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from altcha import Challenge, Payload, solve_challenge
from hypothesis import given
from hypothesis import strategies as st

from tests.make import NOW
from workshops.registration.nonces import Nonce, make_nonce, read_nonce
from workshops.registration.work import SIZE_LIMIT, level_of, make_challenge
from workshops.vault import Vault, make_vault

SESSION = "abcdefghjkmn"


@pytest.fixture(scope="module")
def vault(tmp_path_factory: pytest.TempPathFactory) -> Vault:
    return make_vault(tmp_path_factory.mktemp("keys"))


def fresh(vault: Vault) -> Nonce:
    nonce = read_nonce(make_nonce(SESSION, 0, vault, NOW), SESSION, vault)
    assert nonce is not None
    return nonce


@cache
def solve(challenge: str) -> str:
    """What a phone sends back, in ALTCHA's own format."""
    read = Challenge.from_dict(json.loads(challenge))
    solution = solve_challenge(read)
    assert solution is not None
    return Payload(read, solution).to_base64()


@pytest.fixture(scope="module")
def nonce(vault: Vault) -> Nonce:
    return fresh(vault)


@pytest.fixture(scope="module")
def solution(vault: Vault, nonce: Nonce) -> str:
    return solve(make_challenge(1, nonce, vault))


def changed(solution: str, part: str, **changes: Any) -> str:
    """A solution with other values in its challenge's parameters or in the solution itself."""
    payload = json.loads(base64.b64decode(solution))
    target = payload["solution"] if part == "solution" else payload["challenge"]["parameters"]
    target.update(changes)
    return base64.b64encode(json.dumps(payload).encode()).decode()


def test_a_solved_challenge_is_worth_its_level(vault: Vault, nonce: Nonce, solution: str) -> None:
    assert level_of(solution, nonce, vault) == 1
    assert level_of(solve(make_challenge(2, nonce, vault)), nonce, vault) == 2


def test_every_challenge_of_a_form_can_be_solved_and_none_is_like_the_other(vault: Vault, nonce: Nonce) -> None:
    assert make_challenge(1, nonce, vault) != make_challenge(1, nonce, vault)


def test_a_solution_is_worth_nothing_with_another_form(vault: Vault, solution: str) -> None:
    assert level_of(solution, fresh(vault), vault) == 0


def test_a_solution_is_worth_nothing_under_other_keys(nonce: Nonce, solution: str, tmp_path: Path) -> None:
    assert level_of(solution, nonce, make_vault(tmp_path)) == 0


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("parameters", {"cost": 1}),
        ("parameters", {"keyPrefix": "00"}),
        ("parameters", {"keySignature": None}),
        ("parameters", {"salt": "00" * 16}),
        ("parameters", {"algorithm": "SHA-1"}),
        ("parameters", {"expiresAt": 1}),
        ("solution", {"derivedKey": "00" * 32}),
        ("solution", {"derivedKey": None}),
    ],
)
def test_a_forged_solution_is_worth_nothing(
    vault: Vault, nonce: Nonce, solution: str, part: str, change: dict[str, Any]
) -> None:
    assert level_of(changed(solution, part, **change), nonce, vault) == 0


def test_a_challenge_that_was_signed_by_somebody_else_is_worth_nothing(vault: Vault, nonce: Nonce) -> None:
    payload = json.loads(base64.b64decode(solve(make_challenge(1, fresh(vault), vault))))
    payload["challenge"]["signature"] = "00" * 32

    assert level_of(base64.b64encode(json.dumps(payload).encode()).decode(), nonce, vault) == 0


@pytest.mark.parametrize(
    "junk",
    ["", "x", "é", "\0", "e30=", "bnVsbA==", "W10=", "MQ==", "[" * 999, "A" * (SIZE_LIMIT + 1)],
)
def test_what_is_no_solution_is_worth_nothing(vault: Vault, nonce: Nonce, junk: str) -> None:
    assert level_of(junk, nonce, vault) == 0


def test_a_solution_that_is_much_longer_than_ours_is_not_even_read(vault: Vault, nonce: Nonce, solution: str) -> None:
    assert len(solution) < SIZE_LIMIT / 2
    assert level_of(solution + " " * 10, nonce, vault) == 1  # such spaces mean nothing to base64
    assert level_of(solution + " " * SIZE_LIMIT, nonce, vault) == 0


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


@given(VALUES, VALUES, VALUES)
def test_values_of_any_kind_in_a_solution_are_worth_nothing(
    vault: Vault, nonce: Nonce, counter: object, key: object, salt: object
) -> None:
    parameters = {"algorithm": "PBKDF2/SHA-256", "nonce": "00", "salt": salt, "cost": counter}
    challenge = {"parameters": parameters, "signature": key}
    payload = json.dumps({"challenge": challenge, "solution": {"counter": counter, "derivedKey": key}})

    assert level_of(base64.b64encode(payload.encode()).decode(), nonce, vault) == 0
    assert level_of(base64.b64encode(json.dumps(counter).encode()).decode(), nonce, vault) == 0


def test_a_solution_outlives_neither_its_form_nor_the_key_of_the_day(vault: Vault, nonce: Nonce, solution: str) -> None:
    assert not nonce.is_good(NOW + timedelta(minutes=30))
    with pytest.raises(LookupError):
        level_of(solution, nonce, Vault([key for key in vault.keys if key.id != nonce.derivation_key_id]))
