"""What an empty installation is filled with."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.client import Client
from tests.make import NOW
from workshops.curricula.state import Library
from workshops.database.connection import Database
from workshops.database.keys import fitting_vault
from workshops.sample_evenings import planned
from workshops.samples import add_samples, is_empty
from workshops.schedule.models import Area, Session, Venue
from workshops.schedule.nights import BANDS, band_of, night_of
from workshops.settings import Settings
from workshops.staff.models import Account

SIX = time(6)
UTC_ZONE = ZoneInfo("UTC")


@pytest.mark.data
async def test_samples_are_evenings_in_every_band_over_four_weeks_and_say_that_they_are_samples(
    database: Database, settings: Settings
) -> None:
    vault = await fitting_vault(settings.key_dir)

    added = await add_samples(Library(settings), settings, vault, NOW)

    sessions = await Session.all().order_by("starts_at")
    assert added == len(sessions) == 15
    assert {band_of(session.starts_at, BANDS, UTC_ZONE) for session in sessions} == {band.name for band in BANDS}
    assert timedelta(days=21) < sessions[-1].starts_at - sessions[0].starts_at < timedelta(days=28)
    assert any(session.starts_at.date() != session.ends_at.date() for session in sessions)
    assert [session.state for session in sessions].count("cancelled") == 1
    assert [session.availability for session in sessions].count("queue") == 1
    assert all(session.sample for session in sessions)
    assert all("sample" in text.lower() for text in [area.label for area in await Area.all()])
    assert all("sample" in venue.name.lower() for venue in await Venue.all())


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "Asia/Kolkata", "America/New_York"])
@pytest.mark.parametrize(
    "at", ["06:00", "09:15", "16:00", "20:29", "20:30", "21:00", "23:29", "23:30", "00:00", "02:31", "04:29", "05:50"]
)
def test_one_rights_evening_is_tonight_and_still_to_come_whenever_somebody_starts(at: str, zone: str) -> None:
    now = datetime.combine(date(2026, 11, 30), time.fromisoformat(at), ZoneInfo(zone)).astimezone(UTC)

    evenings = planned(ZoneInfo(zone), SIX, now)

    night = night_of(now, ZoneInfo(zone), SIX)
    tonight = [(each, starts) for each, starts in evenings if night_of(starts, ZoneInfo(zone), SIX) == night]
    assert [each.curriculum for each, _ in tonight].count("know-your-rights") == 1
    assert all(starts > now for _, starts in evenings)


@pytest.mark.data
async def test_tonights_evening_of_a_start_at_night_is_on_the_list_and_takes_places(client: Client) -> None:
    client.clock.now = NOW.replace(hour=22, minute=40)
    added = await add_samples(
        client.state["library"], client.state["settings"], client.state["vault"], client.clock.now
    )
    await client.schedule_changed()

    tonight = await client.get("/?when=0")
    receipt = await client.take(await Session.all().order_by("starts_at").first() or Session())

    assert added == 16
    assert 'starts <bdi dir="ltr">00:30</bdi>' in tonight.text
    assert receipt.placed


@pytest.mark.data
async def test_nobody_can_sign_in_as_a_sample_and_a_coordinator_is_still_missing(
    database: Database, settings: Settings
) -> None:
    vault = await fitting_vault(settings.key_dir)
    await add_samples(Library(settings), settings, vault, NOW)

    accounts = await Account.all()

    assert accounts
    assert not any(account.active or account.coordinator for account in accounts)
    assert not await is_empty()


@pytest.mark.data
async def test_an_installation_that_was_used_is_not_empty(database: Database) -> None:
    before = await is_empty()
    await Area.create(label="Harbour")

    assert before
    assert not await is_empty()
