"""What an empty installation is filled with."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.make import NOW
from workshops.curricula.state import Library
from workshops.database.connection import Database
from workshops.database.keys import fitting_vault
from workshops.samples import add_samples, is_empty
from workshops.schedule.models import Area, Session, Venue
from workshops.schedule.nights import BANDS, band_of
from workshops.settings import Settings
from workshops.staff.models import Account

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
