"""The smallest valid row of each table, and a database with one row in every table."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tortoise import Model

from workshops.curricula.models import Edition, Revision
from workshops.database.models import KeyCheck, Lease
from workshops.registration.models import Feed, Place, Registration, Slip, SlipBatch, UsedNonce
from workshops.schedule.models import Area, Schedule, Series, Session, SessionFacilitator, SessionSum, Venue
from workshops.staff.models import Account, BrowserSession, Invitation, StaffAction

START = datetime(2026, 10, 23, 20, tzinfo=UTC)

ROWS: dict[type[Model], dict[str, Any]] = {
    Account: {"id": "mika", "handle": "mika", "password": "argon2"},
    Invitation: {"digest": "i", "key_id": "k", "expires_at": START},
    BrowserSession: {"digest": "b", "key_id": "k", "account_id": "mika", "expires_at": START},
    StaffAction: {"handle": "mika", "verb": "publish", "day": date(2026, 10, 1)},
    Edition: {"digest": "e", "text": "Rights"},
    Revision: {
        "id": "revision",
        "path": "rights/en.md",
        "number": 1,
        "edition_id": "e",
        "released_id": "e",
        "handle": "mika",
        "day": date(2026, 10, 1),
        "note": "Wording",
    },
    Area: {"id": "harbour", "label": "Harbour"},
    Venue: {"id": "room", "name": "Room", "area_id": "harbour", "zone": "UTC"},
    Series: {"id": "series", "name": "Rights"},
    Session: {
        "id": "session",
        "series_id": "series",
        "curriculum": "rights",
        "language": "en",
        "venue_id": "room",
        "starts_at": START,
        "ends_at": START + timedelta(hours=2),
        "capacity": 10,
        "registrable": 10,
        "queue_limit": 10,
        "modified_at": START,
    },
    SessionFacilitator: {"session_id": "session", "account_id": "mika"},
    SessionSum: {"session_id": "older", "confirmed": 1, "waiting": 0},
    SlipBatch: {"id": "batch", "kind": "outreach", "session_id": "session", "count": 5, "expires_at": START},
    Slip: {"digest": "s", "key_id": "k", "batch_id": "batch"},
    Registration: {"id": "reg", "digest": "r", "key_id": "k", "slip_batch_id": "batch"},
    Feed: {"digest": "f", "key_id": "k", "registration_id": "reg", "title": "meeting"},
    Place: {"id": "place", "registration_id": "reg", "session_id": "session", "state": "confirmed"},
    UsedNonce: {"digest": "n", "key_id": "k", "gone_at": START},
    Lease: {"name": "sweep", "holder": "a", "until": START},
    KeyCheck: {"key_id": "k", "purpose": "code", "check_value": b"\x00"},
}


async def fill() -> None:
    """Put one row into every table; the schedule has its row already."""
    for model, row in ROWS.items():
        await model.create(**row)


async def row_counts() -> dict[str, int]:
    models: list[type[Model]] = [Schedule, *ROWS]
    return {model.__name__: await model.all().count() for model in models}
