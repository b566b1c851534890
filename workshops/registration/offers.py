"""What a form for a place is made from and judged by, in one question: a session, and how many ask elsewhere."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from workshops.database.statements import Bound, Row, Statement, look_up, new_row, read_row
from workshops.errors import Absent
from workshops.schedule.models import Area, Session, Venue
from workshops.schedule.queries import PUBLIC_STATES
from workshops.schedule.site import ensure_not_frozen
from workshops.schedule.site_rules import Frozen

# How many ask elsewhere, and whether everything is hidden; the value is the present moment.
_AROUND = (
    "(SELECT coalesce(sum(o.recent_takes), 0) FROM session o WHERE o.state = 'published' AND o.starts_at > ?"
    " AND o.recent_takes > 0 AND o.id <> session.id) AS elsewhere,"
    " (SELECT frozen FROM schedule WHERE id = 1) AS hidden"
)
_OFFER = Statement(
    "SELECT {session}, {venue}, {area},",
    _AROUND,
    "FROM session JOIN venue ON venue.id = session.venue_id JOIN area ON area.id = venue.area_id WHERE session.id = ?",
    session=Session,
    venue=Venue,
    area=Area,
)
# The same of a session that is being changed; of its venue only what a receipt says.
RETURNING_OFFER = (
    "RETURNING {session}, (SELECT zone FROM venue WHERE venue.id = session.venue_id) AS zone,",
    "(SELECT kind FROM venue WHERE venue.id = session.venue_id) AS kind,",
    _AROUND,
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A session with its venue, and what the places in it cost by."""

    session: Session
    elsewhere: int  # takes of late in other coming sessions
    hidden: bool  # with the whole site


def offer_of(session_id: str, now: datetime) -> Bound:
    """The question for the offer of a session."""
    return _OFFER(now, session_id)


def read_offer(row: Row) -> Offer:
    session = read_row(Session, row, "session")
    if "zone" in row:
        session.venue = new_row(Venue, id=session.venue_id, zone=row["zone"], kind=row["kind"])
    else:
        session.venue = read_row(Venue, row, "venue")
        session.venue.area = read_row(Area, row, "area")
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
