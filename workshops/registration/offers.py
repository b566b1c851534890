"""What a form for a place is made from and judged by, in one question: a session, and how many ask elsewhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from workshops.database.statements import Bound, Row, Statement, look_up, read_row
from workshops.errors import Absent
from workshops.schedule.models import Area, Session, Venue
from workshops.schedule.queries import PUBLIC_STATES, read_session
from workshops.schedule.site import ensure_not_frozen
from workshops.schedule.site_rules import Frozen

_OFFER = Statement(
    "SELECT {s}, {v}, {a}, (SELECT frozen FROM schedule WHERE id = 1) AS hidden,"
    " (SELECT coalesce(sum(o.recent_takes), 0) FROM session o WHERE o.state = 'published' AND o.starts_at > ?"
    " AND o.recent_takes > 0 AND o.id <> s.id) AS elsewhere"
    " FROM session s JOIN venue v ON v.id = s.venue_id JOIN area a ON a.id = v.area_id WHERE s.id = ?",
    s=Session,
    v=Venue,
    a=Area,
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A session with its venue and area, and what the places in it cost by."""

    session: Session
    elsewhere: int  # takes of late in other coming sessions
    hidden: bool  # with the whole site


def offer_of(session_id: str, now: datetime) -> Bound:
    """The question for the offer of a session."""
    return _OFFER(now, session_id)


def read_offer(row: Row) -> Offer:
    session = read_session(row)
    session.venue.area = read_row(Area, row, "a")
    return Offer(session, row["elsewhere"], bool(row["hidden"]))


async def public_offer(session_id: str, now: datetime) -> Offer:
    """The offer of a session that anyone with its address may know of.

    Raises:
        Absent: there is no such session.
        Frozen: nothing is shown at present.
    """
    rows = await look_up(offer_of(session_id, now))
    if not rows:
        await ensure_not_frozen()
        raise Absent
    offer = read_offer(rows[0])
    if offer.hidden:
        raise Frozen
    session = offer.session
    if session.frozen or session.state not in PUBLIC_STATES or session.ends_at <= now - timedelta(days=1):
        raise Absent
    return offer
