"""Taking a place: one transaction, which claims first and judges second, and is safe to repeat."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from tortoise.exceptions import IntegrityError

from workshops.database.connection import transaction
from workshops.database.fields import random_id
from workshops.database.statements import Insertion, Statement, change, change_at_the_end
from workshops.errors import Absent
from workshops.registration.budget import NotPaid, ensure_paid
from workshops.registration.codes import Code
from workshops.registration.cost import Terms
from workshops.registration.interpreters import ask_for
from workshops.registration.models import Place, UsedNonce
from workshops.registration.nonces import Nonce, code_of
from workshops.registration.offers import RETURNING_OFFER, Offer, offer_of, read_offer
from workshops.registration.queries import find_place
from workshops.registration.rules import Need, PlaceState, QueueFull
from workshops.registration.slip_rules import OPENLY, Entry
from workshops.registration.spending import claim_slip_seat, let_in
from workshops.registration.work import level_of
from workshops.schedule.models import Session
from workshops.schedule.rules import SessionState, ensure_open
from workshops.schedule.site import ensure_not_frozen
from workshops.schedule.site_rules import Frozen
from workshops.vault import Purpose, Vault

# Not an error where it is there already: PostgreSQL would write the mark into a log of its own, with the time.
_REMEMBER = Statement(
    "INSERT INTO used_nonce (digest, key_id, gone_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING RETURNING digest"
)
_REGISTER = Statement("INSERT INTO registration (id, digest, key_id, used) VALUES (?, ?, ?, FALSE)")
_PLACE = Insertion(Place)
_CLAIM_SEAT = Statement(
    "UPDATE session SET taken = taken + 1, recent_takes = recent_takes + ?"
    " WHERE id = ? AND epoch = ? AND waiting = 0 AND taken < registrable",
    *RETURNING_OFFER,
    session=Session,
)
_JOIN_QUEUE = Statement(
    "UPDATE session SET waiting = waiting + 1, next_number = next_number + 1, recent_takes = recent_takes + ?"
    " WHERE id = ? AND epoch = ? AND waiting < queue_limit",
    *RETURNING_OFFER,
    session=Session,
)


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


class _Changed(Exception):  # noqa: N818 (undoes what the form had claimed; the answer is a fresh form)
    """The session is not any more what the form was made for."""


class _UsedBefore(Exception):  # noqa: N818 (the same; the answer is the code it gave, or that it was used)
    """The form has given a place before."""


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
        Frozen: everything is hidden.
        SessionCancelled, RegistrationClosed, QueueFull: the session says no.
        SlipNeeded, SlipGone: it is for who holds a slip, or the slip is none for it.
    """
    code = code_of(nonce, vault)
    if code is None or not nonce.is_good(now):
        await ensure_not_frozen()
        return AlreadyUsed() if await _is_used(nonce) else Stale()
    try:
        return await _claim(nonce, code, needs, terms, entry, vault=vault, now=now, interpreters=interpreters)
    except _Changed:
        return Stale()
    except NotPaid as unpaid:
        return Costs(unpaid.level)
    except (_UsedBefore, IntegrityError):
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
        _UsedBefore, IntegrityError: this nonce has given a place before.
        _Changed: the session changed since the form was made.
        NotPaid: the form costs more just now than it brought.
    """
    done = level_of(terms.solution, nonce, vault) if terms else 0
    async with transaction():
        slip_seat = await claim_slip_seat(entry, nonce.session_id, nonce.epoch)
        offer, seated, queued = await _claim_seat(nonce, now, claimed=slip_seat, counts=not entry.vouched)
        if offer is None:
            raise Absent
        if offer.hidden:
            raise Frozen
        session = offer.session
        if session.state == SessionState.DRAFT:
            raise Absent
        ensure_open(session.opening, now)
        if session.epoch != nonce.epoch:
            raise _Changed
        await let_in(entry, session, vault, now)
        if not seated and not queued:
            raise QueueFull
        if terms:
            ensure_paid(offer, nonce, done, terms.budgets, now)
        place = Place(session=session, state=PlaceState.CONFIRMED, needs=needs, vouched=entry.vouched)
        place.slip_seat = slip_seat or (queued and entry.slip is not None)
        if queued:
            place.state, place.number = PlaceState.WAITING, session.next_number - 1
        ask_for(interpreters, place, session, now)
        kept = vault.digest(Purpose.CODE, code.digits)
        place.registration_id = random_id()
        change_at_the_end(_REGISTER(place.registration_id, kept.value, kept.key_id), _PLACE(place))
        return Given(code, place)


async def _claim_seat(nonce: Nonce, now: datetime, *, claimed: bool, counts: bool) -> tuple[Offer | None, bool, bool]:
    """Remember the nonce and claim a seat, or else a waiting spot; whether it is one or the other.

    Who comes by slip or through staff stands outside the budget, so only others are counted for it.

    Raises:
        _UsedBefore: the nonce is remembered already.
    """
    mark, claim = nonce.mark, (int(counts), nonce.session_id, nonce.epoch, now)
    look = offer_of(nonce.session_id, now)
    remember = _REMEMBER(mark.value, mark.key_id, nonce.gone_at)
    new, rows = await change(remember, look if claimed else _CLAIM_SEAT(*claim))
    if not new:
        raise _UsedBefore
    seated, queued = bool(rows), False
    if not seated:
        [rows] = await change(_JOIN_QUEUE(*claim))
        queued = bool(rows)
    if not rows:
        [rows] = await change(look)
    return read_offer(rows[0]) if rows else None, seated, queued


async def _is_used(nonce: Nonce) -> bool:
    return await UsedNonce.filter(digest=nonce.mark.value).exists()


async def show_again(nonce: Nonce, *, vault: Vault, now: datetime) -> Given | AlreadyUsed:
    """Show the same code again, while the form is good and the code was not used."""
    code = code_of(nonce, vault)
    if code is None or not nonce.is_good(now):
        return AlreadyUsed()
    found = await find_place(code, vault)
    if found is None or found.place.registration.used:
        return AlreadyUsed()
    return Given(code, found.place)
