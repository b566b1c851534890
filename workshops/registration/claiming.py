"""Claiming: one conditional update takes a seat or a waiting spot, after the form was remembered as used."""

from dataclasses import dataclass
from datetime import datetime

from workshops.database.statements import Statement, change
from workshops.errors import Absent
from workshops.registration.nonces import Nonce
from workshops.registration.offers import RETURNING_OFFER, Offer, offer_of, read_offer
from workshops.schedule.models import Session

_REMEMBER = Statement(
    "INSERT INTO used_nonce (digest, key_id, gone_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING RETURNING digest"
)
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


class UsedBefore(Exception):  # noqa: N818 (undoes the claim; the answer is the code it gave, or that it was used)
    """The form has given a place before."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What became of a claim: a seat, a waiting spot, or neither."""

    offer: Offer
    seated: bool
    queued: bool


async def claim_seat(nonce: Nonce, now: datetime, *, claimed: bool, counts: bool) -> Claim:
    """Remember the nonce and claim a seat, or else a waiting spot.

    Who comes by slip or through staff stands outside the budget, so only others are counted for it.

    Raises:
        UsedBefore: the nonce is remembered already.
        Absent: there is no such session.
    """
    mark, claim = nonce.mark, (int(counts), nonce.session_id, nonce.epoch, now)
    look = offer_of(nonce.session_id, now)
    remember = _REMEMBER(mark.value, mark.key_id, nonce.gone_at)
    new, rows = await change(remember, look if claimed else _CLAIM_SEAT(*claim))
    if not new:
        raise UsedBefore
    seated, queued = bool(rows), False
    if not seated:
        [rows] = await change(_JOIN_QUEUE(*claim))
        queued = bool(rows)
    if not rows:
        [rows] = await change(look)
    if not rows:
        raise Absent
    return Claim(read_offer(rows[0]), seated, queued)
