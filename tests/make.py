"""Builders: the smallest valid thing of each kind, changed only where a test says so."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from workshops.schedule.models import Area, Session, Venue

NOW = datetime(2026, 10, 23, 18, 0, tzinfo=UTC)  # a Friday
ZONE = "Europe/Berlin"

_numbers = count(1)


async def make_area(**changes: Any) -> Area:
    return await Area.create(**{"label": f"Area {next(_numbers)}", **changes})


async def make_venue(**changes: Any) -> Venue:
    area = changes.pop("area", None) or await make_area()
    return await Venue.create(**{"name": f"Room {next(_numbers)}", "area": area, "zone": ZONE, **changes})


async def make_session(**changes: Any) -> Session:
    """A published session that starts in two days and takes ten people, all of them by registration."""
    venue = changes.pop("venue", None) or await make_venue()
    starts_at = changes.pop("starts_at", NOW + timedelta(days=2))
    capacity = changes.pop("capacity", 10)
    shares = changes.get("walk_in_share", 0) + changes.get("slip_share", 0)
    values = {
        "venue": venue,
        "curriculum": "know-your-rights",
        "form": "standard",
        "language": "en",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=90),
        "state": "published",
        "capacity": capacity,
        "registrable": capacity - shares,
        "queue_limit": max(capacity, 10),
        "modified_at": NOW.replace(minute=0),
    }
    return await Session.create(**{**values, **changes})
