"""Making, withdrawing and forgetting batches of slips; one transaction each, the session's row first."""

from collections.abc import Sequence
from datetime import datetime

from tortoise.exceptions import IntegrityError
from tortoise.expressions import F

from workshops.database.connection import transaction
from workshops.errors import Absent
from workshops.registration.codes import Code, random_code
from workshops.registration.locking import locked_queues
from workshops.registration.models import Place, Registration, Slip, SlipBatch
from workshops.registration.rules import PlaceState
from workshops.registration.slip_queries import slip_digest, slips_wait
from workshops.registration.slip_rules import BatchPlan, ShareTooSmall
from workshops.schedule.acting import Acting
from workshops.schedule.models import Session
from workshops.schedule.rules import ensure_open
from workshops.schedule.site import ensure_not_frozen
from workshops.staff.actions import record
from workshops.vault import Purpose, Vault


async def make_batch(batch_id: str, plan: BatchPlan, acting: Acting) -> Sequence[Code] | None:
    """Make the slips of a batch under an id that its form was given; their codes exist in the answer only.

    Returns:
        None when this form has made its batch already: its slips are not shown again.

    Raises:
        Absent: there is no such session.
        SessionCancelled, RegistrationClosed: the session takes nobody, so nobody can be given a place slip.
        ShareTooSmall: the slips' share has no seats left for so many place slips.
        Frozen: everything is hidden, so no place is given.
    """
    if plan.placed:
        await ensure_not_frozen()
    codes = [random_code() for _ in range(plan.count)]
    try:
        async with transaction():
            if await SlipBatch.filter(id=batch_id).exists():
                return None
            if plan.placed:
                await _claim_seats(plan, acting.now)
            batch = await SlipBatch.create(
                id=batch_id,
                kind=plan.kind,
                placed=plan.placed,
                session_id=plan.reach.session_id,
                series_id=plan.reach.series_id,
                count=plan.count,
                expires_at=plan.expires_at,
            )
            await (_keep_places if plan.placed else _keep_slips)(batch, codes, acting.vault)
            await record(acting.handle, "printed slips", acting.now)
    except IntegrityError:  # the same form, sent twice at once
        return None
    return codes


async def _claim_seats(plan: BatchPlan, now: datetime) -> None:
    room = Session.filter(id=plan.reach.session_id, slip_taken__lte=F("slip_share") - plan.count)
    claimed = await room.update(slip_taken=F("slip_taken") + plan.count)
    session = await Session.filter(id=plan.reach.session_id).get_or_none()
    if session is None:
        raise Absent
    ensure_open(session.opening, now)
    if not claimed:
        raise ShareTooSmall(free=session.slip_share - session.slip_taken)
    if await slips_wait(session.id):
        raise ShareTooSmall(free=0)


async def _keep_slips(batch: SlipBatch, codes: Sequence[Code], vault: Vault) -> None:
    digests = [slip_digest(code, vault) for code in codes]
    await Slip.bulk_create([Slip(digest=each.value, key_id=each.key_id, batch=batch) for each in digests])


async def _keep_places(batch: SlipBatch, codes: Sequence[Code], vault: Vault) -> None:
    digests = [vault.digest(Purpose.CODE, code.digits) for code in codes]
    rows = [Registration(digest=each.value, key_id=each.key_id, slip_batch=batch) for each in digests]
    await Registration.bulk_create(rows)
    seat = {"session_id": batch.session_id, "state": PlaceState.CONFIRMED, "vouched": True, "slip_seat": True}
    await Place.bulk_create([Place(registration_id=row.id, **seat) for row in rows])


async def withdraw_batch(batch_id: str, acting: Acting) -> None:
    """Make the unused slips of a batch void; doing it twice is the same as once.

    Place slips that were used are places like any other by now: nothing leads from the batch to them.
    """
    found = await SlipBatch.get_or_none(id=batch_id)
    if found is None:
        return
    async with locked_queues([found.session_id] if found.session_id else [], acting.settings, acting.now) as queues:
        unused = await Registration.filter(slip_batch_id=batch_id).values_list("id", flat=True)
        freed = await Place.filter(registration_id__in=list(unused)).delete() if unused else 0
        await Registration.filter(id__in=list(unused)).delete()
        session = queues.session(found.session_id or "")
        if session is not None:
            for _ in range(freed):
                await queues.free_seat(session, slip_seat=True)
        if await SlipBatch.filter(id=batch_id).delete():
            await record(acting.handle, "withdrew slips", acting.now)


async def forget_batches(now: datetime) -> Sequence[str]:
    """Delete the batches that have expired and their unused slips; places that slips gave stay.

    Returns:
        The digests of the slips that were deleted.
    """
    digests = await Slip.filter(batch__expires_at__lte=now).values_list("digest", flat=True)
    await SlipBatch.filter(expires_at__lte=now).delete()
    return [str(each) for each in digests]
