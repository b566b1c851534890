"""Work for a phone: challenges in ALTCHA's format, each good for one form only.

What signs a challenge is derived from the form's nonce. So a solution fits no other form, and the same one
again is the same form again, which only ever has one place: nothing need be remembered of either.
"""

import json
import secrets

from altcha import create_challenge, verify_solution

from workshops.registration.cost import MOST
from workshops.registration.nonces import Nonce
from workshops.vault import Purpose, Vault

ALGORITHM = "PBKDF2/SHA-256"
ITERATIONS = 5000  # of one try
TRIES = 512  # at the most, at level 1; half of them on average
SIZE_LIMIT = 2000  # characters of a solution; ours have about 700


def make_challenge(level: int, nonce: Nonce, vault: Vault) -> str:
    """A challenge of this level for one form, as JSON; making it takes as long as one try.

    Raises:
        LookupError: the key that the form was dated with is gone.
    """
    challenge = create_challenge(
        ALGORITHM,
        ITERATIONS,
        counter=secrets.randbelow(TRIES * 2 ** (level - 1)),
        hmac_secret=_secret(b"challenge", level, nonce, vault),
        hmac_key_secret=_secret(b"solution", level, nonce, vault),
    )
    return json.dumps(challenge.to_dict(), separators=(",", ":"))


def level_of(solution: str, nonce: Nonce, vault: Vault) -> int:
    """The level of the work that was done for this form; 0 for whatever is no solution of its challenges."""
    if not 0 < len(solution) <= SIZE_LIMIT:
        return 0
    solved = (level for level in range(MOST, 0, -1) if _is_solved(solution, level, nonce, vault))
    return next(solved, 0)


def _is_solved(solution: str, level: int, nonce: Nonce, vault: Vault) -> bool:
    """Whether it solves a challenge of this level; a few digests, since the answer was signed with the question."""
    challenge_secret = _secret(b"challenge", level, nonce, vault)
    solution_secret = _secret(b"solution", level, nonce, vault)
    return verify_solution(solution, challenge_secret, hmac_key_secret=solution_secret).verified


def _secret(use: bytes, level: int, nonce: Nonce, vault: Vault) -> bytes:
    key = vault.key(Purpose.DERIVATION, nonce.derivation_key_id)
    if key is None:
        raise LookupError(nonce.derivation_key_id)
    return key.digest(b"\0".join((use, bytes([level]), nonce.secret)))
