"""Claiming: the form is remembered as used, and then a conditional update takes a seat or a waiting spot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workshops.database.statements import Bound, Insertion, Row, Statement, change, change_given
from workshops.errors import Absent
from workshops.registration.models import Place
from workshops.registration.nonces import Nonce
from workshops.registration.offers import RETURNING_OFFER, Offer, offer_of, read_offer
from workshops.registration.rules import PlaceState
from workshops.registration.slip_rules import Entry
from workshops.registration.spending import claim_slip_seat
from workshops.schedule.models import Session
from workshops.vault import Digest

# Not an error where it is there already: PostgreSQL would write the mark into a log of its own, with the time.
_REMEMBER = Statement(
    "INSERT INTO used_nonce (digest, key_id, gone_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING RETURNING digest"
)
_CLAIM_SEAT = Statement(
    "UPDATE session SET taken = taken + 1, recent_takes = recent_takes + ?"
    " WHERE id = ? AND epoch = ? AND waiting = 0 AND taken < registrable{given}",
    *RETURNING_OFFER,
    session=Session,
)
_JOIN_QUEUE = Statement(
    "UPDATE session SET waiting = waiting + 1, next_number = next_number + 1, recent_takes = recent_takes + ?"
    " WHERE id = ? AND epoch = ? AND waiting < queue_limit",
    *RETURNING_OFFER,
    session=Session,
)
_REGISTER = Statement(
    "INSERT INTO registration (id, digest, key_id, used) SELECT ?, ?, ?, FALSE WHERE TRUE{given} RETURNING id"
)
_PLACE = Insertion(Place)


class UsedBefore(Exception):  # noqa: N818 (undoes the claim; the answer is the code it gave, or that it was used)
    """The form has given a place before."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What became of a claim: a seat or a waiting spot was given, or nothing was."""

    offer: Offer
    given: bool


async def claim(nonce: Nonce, place: Place, digest: Digest, entry: Entry, now: datetime) -> Claim:
    """Remember the nonce, and keep a new place with the digest of its code: in a seat, or else waiting.

    Raises:
        UsedBefore: the nonce is remembered already.
        Absent: there is no such session.
    """
    sit = _sit if entry.slip is None else _sit_by_slip
    rows = await sit(nonce, place, digest, entry, now) or await _wait(nonce, place, digest, entry, now)
    given = bool(rows)
    if not rows:
        [rows] = await change(offer_of(nonce.session_id, now))
    if not rows:
        raise Absent
    return Claim(read_offer(rows[0]), given)


async def _sit(nonce: Nonce, place: Place, digest: Digest, entry: Entry, now: datetime) -> Sequence[Row]:
    """Claim a seat; no rows where none is free.

    Raises:
        UsedBefore: the nonce is remembered already.
    """
    seat = _CLAIM_SEAT(*_counted(nonce, entry, now))
    new, rows = await change_given(_remembered(nonce), seat, *_kept(place, digest))
    if not new:
        raise UsedBefore
    return rows


async def _sit_by_slip(nonce: Nonce, place: Place, digest: Digest, entry: Entry, now: datetime) -> Sequence[Row]:
    """Claim a seat of the slips' share, or else any other; no rows where none is free.

    Raises:
        UsedBefore: the nonce is remembered already.
    """
    [new] = await change(_remembered(nonce))
    if not new:
        raise UsedBefore
    place.slip_seat = await claim_slip_seat(nonce.session_id, nonce.epoch)
    seat = offer_of(nonce.session_id, now) if place.slip_seat else _CLAIM_SEAT(*_counted(nonce, entry, now))
    [rows] = await change(seat)
    if rows:
        await change_given(*_kept(place, digest))
    return rows


async def _wait(nonce: Nonce, place: Place, digest: Digest, entry: Entry, now: datetime) -> Sequence[Row]:
    """Join the waiting list; no rows where it is full."""
    [rows] = await change(_JOIN_QUEUE(*_counted(nonce, entry, now)))
    if rows:
        place.state, place.slip_seat = PlaceState.WAITING, entry.slip is not None
        place.number = rows[0]["session.next_number"] - 1
        await change_given(*_kept(place, digest))
    return rows


def _remembered(nonce: Nonce) -> Bound:
    mark = nonce.mark
    return _REMEMBER(mark.value, mark.key_id, nonce.gone_at)


def _counted(nonce: Nonce, entry: Entry, now: datetime) -> Sequence[Any]:
    """The values of a claim; who comes by slip or through staff is not counted for the budget."""
    return int(not entry.vouched), nonce.session_id, nonce.epoch, now


def _kept(place: Place, digest: Digest) -> tuple[Bound, Bound]:
    return _REGISTER(place.registration_id, digest.value, digest.key_id), _PLACE(place)
