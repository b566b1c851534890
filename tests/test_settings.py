"""Settings as an operator writes them: variables of the environment."""

from datetime import timedelta
from pathlib import Path

import pytest

from workshops.errors import CannotStart
from workshops.settings import LENGTH_OF_TIME, ROOT, Settings, ensure_no_data_here, load_settings, unknown_settings


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment that sets nothing of ours."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"WORKSHOPS_{name.upper()}", raising=False)
    monkeypatch.delenv("PORT", raising=False)
    return monkeypatch


def test_every_kind_of_setting_is_read_from_its_variable(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("PORT", "8100")
    environment.setenv("WORKSHOPS_DATA_DIR", "/srv/evenings")
    environment.setenv("WORKSHOPS_LANGUAGES", "en, es ar")
    environment.setenv("WORKSHOPS_EXPOSURE", "Red Lantern, evening class,")
    environment.setenv("WORKSHOPS_TRUSTED_PROXY", "yes")
    environment.setenv("WORKSHOPS_FORGET_AFTER", "PT5H")

    settings = load_settings()

    assert settings.port == 8100
    assert settings.data_dir == Path("/srv/evenings")
    assert settings.languages == ("en", "es", "ar")
    assert settings.exposure == ("Red Lantern", "evening class")
    assert settings.trusted_proxy
    assert settings.forget_after == timedelta(hours=5)


def test_what_is_not_set_or_empty_or_anothers_changes_nothing(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("WORKSHOPS_ZONE", "")
    environment.setenv("zone", "Europe/Berlin")
    environment.setenv("host", "0.0.0.0")
    environment.setenv("WORKSHOPS_UNHEARD_OF", "1")

    assert load_settings() == Settings()


@pytest.mark.parametrize(
    ("variable", "value", "line"),
    [
        ("PORT", "99999", "PORT: write 65535 or less"),
        ("PORT", "web", "PORT: write a whole number, such as 8000"),
        ("WORKSHOPS_ZONE", "Mars", "WORKSHOPS_ZONE: no time zone is called Mars; take a name such as Europe/Berlin"),
        (
            "WORKSHOPS_HOLD_LEAST",
            "PT25H",
            "WORKSHOPS_…: WORKSHOPS_HOLD_MOST must not be shorter than WORKSHOPS_HOLD_LEAST",
        ),
        ("WORKSHOPS_LANGUAGES", ", ,", "WORKSHOPS_LANGUAGES: name at least one language, such as en"),
        ("WORKSHOPS_LANGUAGES", "en es en", "WORKSHOPS_LANGUAGES: en stands there twice; name each language once"),
        ("WORKSHOPS_INDEXING", "perhaps", "WORKSHOPS_INDEXING: write true or false"),
        ("WORKSHOPS_SLEEP_FROM", "25:00", "WORKSHOPS_SLEEP_FROM: write a time of the day, such as 06:00"),
        ("WORKSHOPS_SITE_NAME", "x" * 61, "WORKSHOPS_SITE_NAME: write at most 60 characters"),
        ("WORKSHOPS_FORGET_AFTER", "soon", f"WORKSHOPS_FORGET_AFTER: {LENGTH_OF_TIME}"),
        ("WORKSHOPS_FORGET_AFTER", "-P10D", "WORKSHOPS_FORGET_AFTER: write 0 seconds or more"),
        ("WORKSHOPS_LATE_MOVE", "-PT1S", "WORKSHOPS_LATE_MOVE: write 0 seconds or more"),
        ("WORKSHOPS_LAST_CALL", "-PT1S", "WORKSHOPS_LAST_CALL: write 0 seconds or more"),
    ],
)
def test_a_value_that_does_not_read_is_one_line_with_its_variable_and_what_would_be_right(
    variable: str, value: str, line: str, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv(variable, value)

    with pytest.raises(CannotStart) as fault:
        load_settings()

    assert str(fault.value) == line


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("WORKSHOPS_LEAVE_TO", "https://"),
        ("WORKSHOPS_LEAVE_TO", "https:///path"),
        ("WORKSHOPS_LEAVE_TO", "https://a b.example/"),
        ("WORKSHOPS_CURRICULA_DIR", "/nowhere/at/all"),
        ("WORKSHOPS_AREA", "North"),
        ("WORKSHOPS_SMALL_HOURS_END", "06:00Z"),
        ("WORKSHOPS_SLEEP_FROM", "06:00+02:00"),
    ],
)
def test_a_value_that_leads_nowhere_is_refused(variable: str, value: str, environment: pytest.MonkeyPatch) -> None:
    environment.setenv(variable, value)

    with pytest.raises(CannotStart, match=variable):
        load_settings()


def test_data_and_keys_lie_beside_the_program_from_whichever_folder_it_is_started(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    environment.chdir(tmp_path)

    settings = load_settings()

    assert (settings.data_dir, settings.key_dir) == (ROOT / "data", ROOT / "keys")


def test_data_in_the_folder_it_is_started_in_are_never_passed_over_in_silence(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "workshops.sqlite3").touch()
    environment.chdir(tmp_path)
    environment.setattr("workshops.settings.ROOT", tmp_path / "program")
    elsewhere = Settings().model_copy(update={"data_dir": tmp_path / "program" / "data"})

    with pytest.raises(CannotStart, match="holds a database; set it to that folder"):
        ensure_no_data_here(elsewhere, tmp_path)
    environment.setenv("WORKSHOPS_DATA_DIR", "data")
    assert load_settings().data_dir == Path("data")


def test_a_name_that_is_no_setting_is_said_with_the_one_that_may_be_meant(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("WORKSHOPS_FORGET_AFTR", "PT5H")
    environment.setenv("WORKSHOPS_QXZ", "1")
    environment.setenv("WORKSHOPS_TEST_MISSING", "")
    environment.setenv("WORKSHOPS_ZONE", "UTC")

    assert unknown_settings() == [
        "WORKSHOPS_FORGET_AFTR is no setting; is WORKSHOPS_FORGET_AFTER meant?",
        "WORKSHOPS_QXZ is no setting; docs/settings.md lists those there are",
    ]


def test_a_password_is_not_shown(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("WORKSHOPS_DATABASE_URL", "postgresql://me:secret@localhost/evenings")

    assert "secret" not in repr(load_settings())
