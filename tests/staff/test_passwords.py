import anyio
from argon2 import PasswordHasher

from tests.staff.people import PASSWORD, CountingHasher
from workshops.staff.passwords import Passwords


async def test_only_the_right_password_fits() -> None:
    passwords = Passwords(CountingHasher())
    kept = await passwords.hashed(PASSWORD)

    assert await passwords.fits(PASSWORD, kept)
    assert not await passwords.fits(PASSWORD + ".", kept)
    assert not await passwords.fits(PASSWORD, None)


async def test_a_password_fits_whichever_keyboard_composed_its_letters() -> None:
    passwords = Passwords(CountingHasher())
    kept = await passwords.hashed("caf\u00e9 lamp otter")

    assert await passwords.fits("cafe\u0301 lamp otter", kept)


async def test_new_hashes_are_argon2id_in_64_mebibytes_and_fit_their_column() -> None:
    kept = await Passwords().hashed(PASSWORD)

    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert len(kept) <= 200


async def test_hashes_with_other_parameters_are_outdated() -> None:
    kept = await Passwords(CountingHasher(time_cost=1)).hashed(PASSWORD)

    assert Passwords(CountingHasher(time_cost=2)).is_outdated(kept)
    assert not Passwords(CountingHasher(time_cost=1)).is_outdated(kept)


async def test_no_more_than_two_passwords_are_worked_on_at_once() -> None:
    busy, most = 0, 0

    class Watched(PasswordHasher):
        def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
            nonlocal busy, most
            busy += 1
            most = max(most, busy)
            kept = super().hash(password, salt=salt)
            busy -= 1
            return kept

    passwords = Passwords(Watched(time_cost=1, memory_cost=4096, parallelism=1))

    async with anyio.create_task_group() as tasks:
        for _ in range(12):
            tasks.start_soon(passwords.hashed, PASSWORD)

    assert most == 2
