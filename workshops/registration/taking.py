"""Taking a place: one transaction, which claims first and judges second, and is safe to repeat."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from tortoise.exceptions import IntegrityError
from tortoise.expressions import F
from tortoise.queryset import QuerySet

from workshops.database.connection import transaction
from workshops.errors import Absent
from workshops.registration.budget import NotPaid, ensure_paid
from workshops.registration.codes import Code
from workshops.registration.cost import Terms
from workshops.registration.interpreters import ask_for
from workshops.registration.models import Place, Registration, UsedNonce
from workshops.registration.nonces import Nonce, code_of, nonce_digest, nonce_digests
from workshops.registration.queries import find_place, with_session
from workshops.registration.rules import Need, PlaceState, QueueFull
from workshops.registration.slip_rules import OPENLY, Entry
from workshops.registration.spending import claim_slip_seat, let_in
from workshops.registration.work import level_of
from workshops.schedule.models import Session
from workshops.schedule.rules import SessionState, ensure_open
from workshops.vault import Purpose, Vault


@dataclass(frozen=True, slots=True)
class Given:
    """A place, with its session and venue, was given, or had been to the same form before: show its code."""

    code: Code
    place: Place


@dataclass(frozen=True, slots=True)
class AlreadyUsed:
    """The form gave a place whose code is no longer shown."""


@dataclass(frozen=True, slots=True)
class Stale:
    """The form is too old, or the session changed since: here is a fresh one."""


@dataclass(frozen=True, slots=True)
class Costs:
    """Many people ask just now: the same form takes a place once it has waited or brings work of this level."""

    level: int


Outcome = Given | AlreadyUsed | Stale | Costs


async def take_place(  # noqa: PLR0913 (what the form brought, and what it is judged by)
    nonce: Nonce,
    needs: Need,
    *,
    vault: Vault,
    now: datetime,
    terms: Terms | None = None,
    entry: Entry = OPENLY,
    interpreters: Collection[str] = (),
) -> Outcome:
    """Take one place in a session, or join its waiting list; the same form always gives the same place.

    Without `terms` it costs nothing, however many people ask.

    Raises:
        Absent: there is no such session.
        SessionCancelled, RegistrationClosed, QueueFull: the session says no.
        SlipNeeded, SlipGone: it is for who holds a slip, or the slip is none for it.
    """
    if await UsedNonce.filter(digest__in=nonce_digests(nonce, vault)).exists():
        return await show_again(nonce, vault=vault, now=now)
    code = code_of(nonce, vault)
    if code is None or not nonce.is_good(now):
        return Stale()
    try:
        return await _claim(nonce, code, needs, terms, entry, vault=vault, now=now, interpreters=interpreters)
    except NotPaid as unpaid:
        return Costs(unpaid.level)
    except IntegrityError:
        return await show_again(nonce, vault=vault, now=now)


async def _claim(  # noqa: PLR0913 (what the form brought, and what it is judged by)
    nonce: Nonce,
    code: Code,
    needs: Need,
    terms: Terms | None,
    entry: Entry,
    *,
    vault: Vault,
    now: datetime,
    interpreters: Collection[str],
) -> Outcome:
    """Claim first, judge second: whatever says no afterwards undoes the claim.

    Raises:
        IntegrityError: another request with this nonce was faster.
        NotPaid: the form costs more just now than it brought.
    """
    done = level_of(terms.solution, nonce, vault) if terms else 0
    async with transaction():
        as_issued = Session.filter(id=nonce.session_id, epoch=nonce.epoch)
        slip_seat = await claim_slip_seat(as_issued, nonce.session_id, entry)
        seated = slip_seat or bool(await _claim_seat(as_issued))
        queued = not seated and bool(await _join_queue(as_issued))
        session = await Session.filter(id=nonce.session_id).select_related("venue").get_or_none()
        if session is None or session.state == SessionState.DRAFT:
            raise Absent
        ensure_open(session.opening, now)
        if session.epoch != nonce.epoch:
            return Stale()
        await let_in(entry, session, vault, now)
        if not seated and not queued:
            raise QueueFull
        if terms:
            await ensure_paid(session, nonce, done, terms.budgets, now)
        place = Place(session=session, state=PlaceState.CONFIRMED, needs=needs, vouched=entry.vouched)
        place.slip_seat = slip_seat or (queued and entry.slip is not None)
        if queued:
            place.state, place.number = PlaceState.WAITING, session.next_number - 1
        ask_for(interpreters, place, session, now)
        return Given(code, await _keep_place(nonce, code, place, vault))


async def _claim_seat(session: QuerySet[Session]) -> int:
    free = session.filter(waiting=0, taken__lt=F("registrable"))
    return await free.update(taken=F("taken") + 1, recent_takes=F("recent_takes") + 1)


async def _join_queue(session: QuerySet[Session]) -> int:
    room = session.filter(waiting__lt=F("queue_limit"))
    return await room.update(
        waiting=F("waiting") + 1, next_number=F("next_number") + 1, recent_takes=F("recent_takes") + 1
    )


async def _keep_place(nonce: Nonce, code: Code, place: Place, vault: Vault) -> Place:
    used, kept = nonce_digest(nonce, vault), vault.digest(Purpose.CODE, code.digits)
    await UsedNonce.create(digest=used.value, key_id=used.key_id, gone_at=nonce.gone_at)
    place.registration = await Registration.create(digest=kept.value, key_id=kept.key_id)
    await place.save(force_create=True)
    return place


async def show_again(nonce: Nonce, *, vault: Vault, now: datetime) -> Given | AlreadyUsed:
    """Show the same code again, while the form is good and the code was not used."""
    code = code_of(nonce, vault)
    if code is None or not nonce.is_good(now):
        return AlreadyUsed()
    place = await find_place(code, vault)
    if place is None or place.registration.used:
        return AlreadyUsed()
    return Given(code, await with_session(place))
