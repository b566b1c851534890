"""Questions about slips; a slip is found by its code's digest alone."""

from datetime import datetime

from tortoise.expressions import Q

from workshops.registration.codes import Code
from workshops.registration.models import Place, Slip, SlipBatch
from workshops.registration.rules import PlaceState
from workshops.schedule.models import Session
from workshops.schedule.queries import FULL, shown_sessions
from workshops.schedule.rules import SessionState, Visibility
from workshops.vault import Digest, Purpose, Vault


def slip_digest(code: Code, vault: Vault) -> Digest:
    """What is kept of a slip; as a place's number the same digits have another digest."""
    return vault.digest(Purpose.CODE, _secret(code))


async def find_slip(code: Code, vault: Vault, now: datetime) -> Slip | None:
    """The unused slip behind a code, with its batch, unless that has expired."""
    digests = vault.digests(Purpose.CODE, _secret(code))
    return await Slip.filter(digest__in=digests, batch__expires_at__gt=now).select_related("batch").first()


async def sessions_of_batch(batch: SlipBatch, now: datetime) -> list[Session]:
    """The sessions that a slip of a batch leads to now; an unlisted one only where the batch is for it alone."""
    listed = Q(visibility__in=(Visibility.OPEN, Visibility.SLIP))
    if batch.session_id is not None:
        listed = Q(id=batch.session_id)
    elif batch.series_id is not None:
        listed &= Q(series_id=batch.series_id)
    found = (await shown_sessions()).filter(listed, state=SessionState.PUBLISHED, starts_at__gt=now)
    sessions = await found.select_related(*FULL).order_by("starts_at", "id")
    return [each for each in sessions if now < each.opening.closes_at]


async def slips_wait(session_id: str) -> bool:
    """Whether somebody with a slip waits for a session; free seats of the slips' share are theirs first."""
    return await Place.filter(session_id=session_id, state=PlaceState.WAITING, slip_seat=True).exists()


async def printed_batches(now: datetime) -> list[SlipBatch]:
    """The batches that have not expired, those that end first before the others."""
    found = SlipBatch.filter(expires_at__gt=now).select_related("session", "session__venue", "series")
    return await found.order_by("expires_at", "id")


def _secret(code: Code) -> str:
    return f"slip {code.digits}"
