"""Questions about places; a place is found by its code's digest alone."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from workshops.database.statements import Row, Statement, look_up, look_up_and_mark, read_row
from workshops.registration.codes import Code
from workshops.registration.models import Place, Registration
from workshops.registration.rules import PlaceState
from workshops.schedule.models import Schedule, Session, Venue
from workshops.schedule.queries import read_session
from workshops.schedule.site import read_site
from workshops.schedule.site_rules import Frozen, SiteState
from workshops.vault import Purpose, Vault
from workshops.web.memory import Memory

_BY_DIGESTS = (
    "SELECT {m}, {p}, {r}, {s}, {v},"
    " EXISTS(SELECT 1 FROM place t WHERE t.registration_id = r.id AND t.target) AS waits_elsewhere,"
    " EXISTS(SELECT 1 FROM feed f WHERE f.registration_id = r.id) AS has_calendar"
    " FROM schedule m LEFT JOIN registration r ON r.digest IN ({digests})"
    " LEFT JOIN place p ON p.registration_id = r.id AND NOT p.target"
    " LEFT JOIN session s ON s.id = p.session_id LEFT JOIN venue v ON v.id = s.venue_id WHERE m.id = 1"
)
# Of an unopened place slip its batch is forgotten, too, which is done where nobody can withdraw it meanwhile.
_USE = (
    "UPDATE registration SET used = TRUE WHERE digest IN ({digests}) AND NOT used AND slip_batch_id IS NULL"
    " AND NOT (SELECT frozen FROM schedule WHERE id = 1)"
)
_TARGET = Statement(
    "SELECT {p}, {s}, {v} FROM place p JOIN session s ON s.id = p.session_id JOIN venue v ON v.id = s.venue_id"
    " WHERE p.registration_id = ? AND p.target",
    p=Place,
    s=Session,
    v=Venue,
)
_TO_MOVE_TO = Statement(
    "SELECT {s}, {v} FROM session s JOIN venue v ON v.id = s.venue_id"
    " WHERE s.state = 'published' AND s.starts_at > ? AND NOT s.frozen AND s.visibility = 'open'"
    " AND (s.curriculum = ? OR s.series_id = ?) ORDER BY s.starts_at, s.id LIMIT 13",
    s=Session,
    v=Venue,
)


@dataclass(frozen=True, slots=True)
class Found:
    """The place behind a code, with its registration, session and venue, and how the site stands."""

    place: Place
    site: SiteState


async def find_place(code: Code, vault: Vault) -> Found | None:
    """The place behind a code, under whichever live key its digest was made; the same work whether there is one.

    Raises:
        Frozen: everything is hidden, whatever the code.
    """
    digests = vault.digests(Purpose.CODE, code.digits)
    (row,) = await look_up(_asked(_BY_DIGESTS, len(digests))(*digests))
    return _read_found(row)


async def use_code(code: Code, vault: Vault) -> Found | None:
    """Find the place behind a code as its owner does: who only has the form is not shown the code any more.

    Raises:
        Frozen: everything is hidden, whatever the code.
    """
    digests = vault.digests(Purpose.CODE, code.digits)
    question, mark = (_asked(each, len(digests))(*digests) for each in (_BY_DIGESTS, _USE))
    (row,) = await look_up_and_mark(question, mark, _is_unused)
    return _read_found(row)


def _is_unused(row: Row) -> bool:
    """What `_USE` asks, of a row that was found."""
    return row["r.id"] is not None and not row["r.used"] and row["r.slip_batch_id"] is None and not row["m.frozen"]


def _read_found(row: Row) -> Found | None:
    site = read_site(row)
    if site.frozen:
        raise Frozen
    if row["p.id"] is None:
        return None
    place = _read_place(row)
    place.registration = read_row(Registration, row, "r")
    place.waits_elsewhere, place.has_calendar = bool(row["waits_elsewhere"]), bool(row["has_calendar"])
    return Found(place, site)


@cache
def _asked(text: str, digests: int) -> Statement:
    """A statement for so many digests, one for each live key."""
    listed = text.replace("{digests}", ", ".join("?" * digests))
    return Statement(listed, m=Schedule, p=Place, r=Registration, s=Session, v=Venue)


def _read_place(row: Row) -> Place:
    place = read_row(Place, row, "p")
    place.session = read_session(row)
    return place


async def ahead_of(place: Place) -> int:
    """How many wait before this place."""
    return await Place.filter(
        session_id=place.session_id, state=PlaceState.WAITING, number__lt=place.number or 0
    ).count()


async def evenings_to_move_to(home: Session, now: datetime, memory: Memory) -> list[Session]:
    """Other coming evenings of the same curriculum or series that take registrations, as public pages know them."""

    async def ask() -> list[Session]:
        rows = await look_up(_TO_MOVE_TO(now, home.curriculum, home.series_id or ""))
        return [read_session(row) for row in rows]

    found = await memory.known(f"evenings like {home.curriculum} {home.series_id}", ask)
    return [each for each in found if each.id != home.id and now < each.opening.closes_at]


async def most_lapses(session_id: str) -> int:
    """How many lapses the next hold of a session may follow, at most."""
    held = await Place.filter(session_id=session_id, state=PlaceState.HELD).order_by("-lapses").first()
    return held.lapses + 1 if held else 0


async def own_place(registration_id: str) -> Place | None:
    """The place a registration holds, with its registration; not the one it waits to move to.

    It is locked for the caller's transaction, which has locked its session: a look at a place at rest marks it
    as told the way without that, and must do so before this or else not at all.
    """
    own = Place.filter(registration_id=registration_id, target=False).select_for_update().first()
    place = await own
    if place is not None:
        await place.fetch_related("registration")
    return place


async def target_of(place: Place) -> Place | None:
    """The spot in another session that a place's code waits for, with that session and its venue."""
    rows = await look_up(_TARGET(place.registration_id))
    return _read_place(rows[0]) if rows else None
