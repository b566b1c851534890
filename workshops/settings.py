"""Everything an organisation can set, read once from `WORKSHOPS_…` variables and handed on frozen."""

import os
from collections.abc import Collection, Sequence
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    AliasGenerator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)

from workshops.errors import CannotStart
from workshops.setting_values import (
    folder_of_texts,
    https,
    known_zone,
    languages_once,
    origin_alone,
    phrases,
    wall_time,
    words,
)

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "WORKSHOPS_"
TESTS = "WORKSHOPS_TEST_"  # what the tests tell one another

# What would be right, by the names that pydantic gives to faults.
LENGTH_OF_TIME = "write a length of time, such as PT24H, PT15M or P2D"
RIGHT = {
    "int_parsing": "write a whole number, such as 8000",
    "greater_than_equal": "write {ge} or more",
    "less_than_equal": "write {le} or less",
    "bool_parsing": "write true or false",
    "time_parsing": "write a time of the day, such as 06:00",
    "time_delta_parsing": LENGTH_OF_TIME,
    "string_too_short": "write at least {min_length} character",
    "string_too_long": "write at most {max_length} characters",
    "WORKSHOPS_AREA string_pattern_mismatch": "write small letters, digits and dashes, such as north for north.en.md",
}


def _variable(name: str) -> str:
    return f"{PREFIX}{name.upper()}"


WallTime = Annotated[time, AfterValidator(wall_time)]


class Settings(BaseModel):
    """The settings of one installation; `docs/settings.md` explains each to who runs it."""

    model_config = ConfigDict(
        alias_generator=AliasGenerator(validation_alias=_variable),
        validate_by_name=True,
        frozen=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    data_dir: Path = ROOT / "data"
    key_dir: Path = ROOT / "keys"
    curricula_dir: Annotated[Path, AfterValidator(folder_of_texts)] = ROOT / "curricula"
    database_url: SecretStr | None = None
    port: int = Field(default=8000, ge=0, le=65535, validation_alias="PORT")
    host: str = "127.0.0.1"

    origin: Annotated[str, AfterValidator(origin_alone)] | None = None
    trusted_proxy: bool = False
    indexing: bool = False
    site_name: str = Field(default="Workshops", min_length=1, max_length=60)
    leave_to: Annotated[str, AfterValidator(https)] = "https://www.wikipedia.org/"
    languages: Annotated[tuple[str, ...], BeforeValidator(words), AfterValidator(languages_once)] = ("en",)
    exposure: Annotated[tuple[str, ...], BeforeValidator(phrases)] = ()
    zone: Annotated[str, AfterValidator(known_zone)] = "UTC"
    area: str = Field(default="", pattern=r"^([a-z0-9][a-z0-9-]{0,59})?$")

    small_hours_end: WallTime = time(6)
    sleep_from: WallTime = time(6)
    sleep_until: WallTime = time(14)
    hold_part: int = Field(default=3, ge=1, le=100)
    hold_least: timedelta = Field(default=timedelta(hours=2), ge=timedelta(minutes=15))
    hold_most: timedelta = timedelta(hours=24)
    last_call: timedelta = Field(default=timedelta(hours=3), ge=timedelta())
    late_move: timedelta = Field(default=timedelta(minutes=15), ge=timedelta())
    forget_after: timedelta = Field(default=timedelta(hours=24), ge=timedelta())
    session_budget: int = Field(default=12, ge=1)
    site_budget: int = Field(default=60, ge=1)

    @model_validator(mode="after")
    def _some_time_to_look(self) -> Self:
        if self.hold_most < self.hold_least:
            message = "WORKSHOPS_HOLD_MOST must not be shorter than WORKSHOPS_HOLD_LEAST"
            raise ValueError(message)
        return self

    @property
    def default_language(self) -> str:
        return self.languages[0]

    @property
    def on_postgresql(self) -> bool:
        return self.database_url is not None and not self.database_url.get_secret_value().startswith("sqlite")


def load_settings() -> Settings:
    """Read the settings of this process.

    Raises:
        CannotStart: a value does not read; the line names the variable and what would be right.
    """
    given = {name: value for name, value in os.environ.items() if value and _is_ours(name)}
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        raise CannotStart("; ".join(map(_line, error.errors()))) from None
    ensure_no_data_here(settings, Path.cwd())
    return settings


def unknown_settings() -> Sequence[str]:
    """A line for each variable that looks like a setting and is none."""
    known = {str(field.validation_alias or _variable(name)) for name, field in Settings.model_fields.items()}
    unknown = sorted(name for name in os.environ if _is_ours(name) and name not in known)
    return [f"{name} is no setting; {_meant(name, known)}" for name in unknown if not name.startswith(TESTS)]


def _meant(name: str, known: Collection[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 (hardly any start needs it)

    close = get_close_matches(name.removeprefix(PREFIX), [each.removeprefix(PREFIX) for each in known], n=1)
    return f"is {PREFIX}{close[0]} meant?" if close else "docs/settings.md lists those there are"


def ensure_no_data_here(settings: Settings, here: Path) -> None:
    """Refuse to begin anew beside the program where its data lie in the folder it was started in.

    Raises:
        CannotStart: they do.
    """
    left = here / "data" / "workshops.sqlite3"
    if settings.data_dir == ROOT / "data" and not settings.data_dir.exists() and left.is_file():
        message = f"WORKSHOPS_DATA_DIR: {left.parent} holds a database; set it to that folder, and WORKSHOPS_KEY_DIR"
        raise CannotStart(message)


def _is_ours(variable: str) -> bool:
    return variable == "PORT" or variable.startswith(PREFIX)


def _line(fault: Any) -> str:
    variable = fault["loc"][0] if fault["loc"] else "WORKSHOPS_…"
    if fault["type"] == "value_error":
        return f"{variable}: {fault['msg'].removeprefix('Value error, ')}"
    right = RIGHT.get(f"{variable} {fault['type']}") or RIGHT.get(fault["type"], fault["msg"])
    return f"{variable}: {right.format(**fault.get('ctx', {}))}"
