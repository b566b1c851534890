"""Taking a place: one transaction, which claims first and judges second, and is safe to repeat."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from tortoise.exceptions import IntegrityError

from workshops.database.connection import in_line, transaction
from workshops.database.fields import random_id
from workshops.database.statements import Statement, change, new_row
from workshops.errors import Absent
from workshops.registration.budget import NotPaid, ensure_paid
from workshops.registration.claiming import UsedBefore, claim
from workshops.registration.codes import Code
from workshops.registration.cost import Terms
from workshops.registration.interpreters import ask_for
from workshops.registration.models import Place, UsedNonce
from workshops.registration.nonces import Nonce, code_of
from workshops.registration.offers import Offer
from workshops.registration.queries import find_place
from workshops.registration.rules import Need, PlaceState, QueueFull
from workshops.registration.slip_rules import OPENLY, Entry
from workshops.registration.spending import let_in
from workshops.registration.work import level_of
from workshops.schedule.models import Session
from workshops.schedule.rules import SessionState, ensure_open
from workshops.schedule.site import ensure_not_frozen
from workshops.schedule.site_rules import Frozen
from workshops.vault import Purpose, Vault

_WISH = Statement("UPDATE place SET interpreters = ?, needs = ? WHERE id = ?")


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
    except (UsedBefore, IntegrityError):
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
        UsedBefore, IntegrityError: this nonce has given a place before.
        _Changed: the session changed since the form was made.
        NotPaid: the form costs more just now than it brought.
    """
    done = level_of(terms.solution, nonce, vault) if terms else 0
    ids = {"id": random_id(), "registration_id": random_id(), "session_id": nonce.session_id}
    place = new_row(Place, **ids, state=PlaceState.CONFIRMED, needs=needs, vouched=entry.vouched)
    digest = vault.digest(Purpose.CODE, code.digits)
    async with in_line(nonce.session_id), transaction():
        claimed = await claim(nonce, place, digest, entry, now)
        place.session = _judged(claimed.offer, nonce, now)
        await let_in(entry, place.session, vault, now)
        if not claimed.given:
            raise QueueFull
        if terms:
            ensure_paid(claimed.offer, nonce, done, terms.budgets, now)
        if ask_for(interpreters, place, now):
            await change(_WISH(place.interpreters, place.needs, place.id))
        return Given(code, place)


def _judged(offer: Offer, nonce: Nonce, now: datetime) -> Session:
    """The session of a claim that stands."""
    if offer.hidden:
        raise Frozen
    session = offer.session
    if session.state == SessionState.DRAFT:
        raise Absent
    ensure_open(session.opening, now)
    if session.epoch != nonce.epoch:
        raise _Changed
    return session


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
