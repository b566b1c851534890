"""Settings as an operator writes them: variables of the environment."""

from datetime import timedelta
from pathlib import Path

import pytest

from workshops.errors import CannotStart
from workshops.settings import Settings, load_settings


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
        ("PORT", "99999", "PORT: Input should be less than or equal to 65535"),
        ("WORKSHOPS_ZONE", "Mars", "WORKSHOPS_ZONE: no time zone is called Mars; take a name such as Europe/Berlin"),
        (
            "WORKSHOPS_HOLD_LEAST",
            "PT25H",
            "WORKSHOPS_…: WORKSHOPS_HOLD_MOST must not be shorter than WORKSHOPS_HOLD_LEAST",
        ),
        ("WORKSHOPS_LANGUAGES", ", ,", "WORKSHOPS_…: name at least one language, such as en"),
    ],
)
def test_a_value_that_does_not_read_is_one_line_with_its_variable(
    variable: str, value: str, line: str, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv(variable, value)

    with pytest.raises(CannotStart) as fault:
        load_settings()

    assert str(fault.value) == line


def test_a_password_is_not_shown(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("WORKSHOPS_DATABASE_URL", "postgresql://me:secret@localhost/evenings")

    assert "secret" not in repr(load_settings())
