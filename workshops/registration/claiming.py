"""Claiming: a conditional update takes a seat or a waiting spot, after the form was remembered as used."""

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


async def claim(nonce: Nonce, place: Place, code: Digest, entry: Entry, now: datetime) -> Claim:
    """Remember the nonce, and keep a new place with the digest of its code: in a seat, or else waiting.

    Raises:
        UsedBefore: the nonce is remembered already.
        Absent: there is no such session.
    """
    place.slip_seat = await claim_slip_seat(entry, nonce.session_id, nonce.epoch)
    rows = await _sit(nonce, place, code, now) or await _wait(nonce, place, code, now, by_slip=entry.slip is not None)
    given = bool(rows)
    if not rows:
        [rows] = await change(offer_of(nonce.session_id, now))
    if not rows:
        raise Absent
    return Claim(read_offer(rows[0]), given)


async def _sit(nonce: Nonce, place: Place, code: Digest, now: datetime) -> Sequence[Row]:
    """Claim a seat unless one is claimed already; no rows where none is free.

    Raises:
        UsedBefore: the nonce is remembered already.
    """
    mark = nonce.mark
    remember = _REMEMBER(mark.value, mark.key_id, nonce.gone_at)
    seat = () if place.slip_seat else (_CLAIM_SEAT(*_counted(nonce, place, now)),)
    new, rows = await change_given(remember, *seat, *_kept(place, code))
    if not new:
        raise UsedBefore
    if place.slip_seat:
        [rows] = await change(offer_of(nonce.session_id, now))
    return rows


async def _wait(nonce: Nonce, place: Place, code: Digest, now: datetime, *, by_slip: bool) -> Sequence[Row]:
    """Join the waiting list; no rows where it is full."""
    [rows] = await change(_JOIN_QUEUE(*_counted(nonce, place, now)))
    if rows:
        place.state, place.slip_seat = PlaceState.WAITING, by_slip
        place.number = rows[0]["session.next_number"] - 1
        await change_given(*_kept(place, code))
    return rows


def _counted(nonce: Nonce, place: Place, now: datetime) -> Sequence[Any]:
    """The values of a claim; who comes by slip or through staff is not counted for the budget."""
    return int(not place.vouched), nonce.session_id, nonce.epoch, now


def _kept(place: Place, code: Digest) -> tuple[Bound, Bound]:
    return _REGISTER(place.registration_id, code.value, code.key_id), _PLACE(place)
