"""What a form is judged by: the same, whether the session is looked at or claimed."""

from datetime import timedelta

import pytest

from tests.make import NOW, make_session
from workshops.database.connection import Database, transaction
from workshops.database.statements import Statement, change, look_up
from workshops.registration.offers import RETURNING_OFFER, offer_of, read_offer
from workshops.schedule.models import Schedule, Session

pytestmark = pytest.mark.data

TOUCH = Statement("UPDATE session SET taken = taken WHERE id = ?", *RETURNING_OFFER, session=Session)


async def test_a_claimed_session_is_offered_as_one_that_is_looked_at(database: Database) -> None:
    session = await make_session(capacity=7, interpreters="es ar", interpreters_until=NOW.date())
    await make_session(recent_takes=5)
    await make_session(recent_takes=3, starts_at=NOW - timedelta(hours=1), ends_at=NOW + timedelta(hours=1))
    await make_session(recent_takes=9, state="cancelled", cancelled_on=NOW.date())
    await Session.filter(id=session.id).update(recent_takes=4)
    await Schedule.filter(id=1).update(frozen=True)

    (looked_at,) = await look_up(offer_of(session.id, NOW))
    async with transaction():
        ((claimed,),) = await change(TOUCH(session.id, NOW))

    one, other = read_offer(looked_at), read_offer(claimed)
    kept = await Session.get(id=session.id).select_related("venue")
    for offer in (one, other):
        assert (offer.elsewhere, offer.hidden, offer.session.recent_takes) == (5, True, 4)
        columns = Session._meta.db_fields  # noqa: SLF001 (Tortoise's own way to its columns)
        assert {name: getattr(offer.session, name) for name in columns} == {
            name: getattr(kept, name) for name in columns
        }
        assert (offer.session.venue.zone, offer.session.venue.kind) == (kept.venue.zone, kept.venue.kind)
