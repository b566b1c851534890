"""Everything an organisation can set, read once from `WORKSHOPS_…` variables and handed on frozen."""

import os
from datetime import time, timedelta
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit
from zoneinfo import available_timezones

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

ROOT = Path(__file__).resolve().parent.parent


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        message = f"no time zone is called {name}; take a name such as Europe/Berlin"
        raise ValueError(message)
    return name


def _origin(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query:
        message = "an origin is scheme and host alone, such as https://evenings.example"
        raise ValueError(message)
    return address


def _https(address: str) -> str:
    if not address.startswith("https://"):
        message = "the page that people leave to must be an https address"
        raise ValueError(message)
    return address


def _words(value: object) -> object:
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


def _phrases(value: object) -> object:
    return tuple(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value


def _variable(name: str) -> str:
    return f"WORKSHOPS_{name.upper()}"


class Settings(BaseModel):
    """The settings of one installation; `docs/settings.md` explains each to who runs it."""

    model_config = ConfigDict(
        alias_generator=AliasGenerator(validation_alias=_variable),
        validate_by_name=True,
        frozen=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    data_dir: Path = Path("data")
    key_dir: Path = Path("keys")
    curricula_dir: Path = ROOT / "curricula"
    database_url: SecretStr | None = None
    port: int = Field(default=8000, ge=0, le=65535, validation_alias="PORT")
    host: str = "127.0.0.1"

    origin: Annotated[str, AfterValidator(_origin)] | None = None
    trusted_proxy: bool = False
    indexing: bool = False
    site_name: str = Field(default="Workshops", min_length=1, max_length=60)
    leave_to: Annotated[str, AfterValidator(_https)] = "https://www.wikipedia.org/"
    languages: Annotated[tuple[str, ...], BeforeValidator(_words)] = ("en",)
    exposure: Annotated[tuple[str, ...], BeforeValidator(_phrases)] = ()
    zone: Annotated[str, AfterValidator(_known_zone)] = "UTC"
    area: str = Field(default="", pattern=r"^([a-z0-9][a-z0-9-]{0,59})?$")

    small_hours_end: time = time(6)
    sleep_from: time = time(6)
    sleep_until: time = time(14)
    hold_part: int = Field(default=3, ge=1, le=100)
    hold_least: timedelta = Field(default=timedelta(hours=2), ge=timedelta(minutes=15))
    hold_most: timedelta = timedelta(hours=24)
    last_call: timedelta = timedelta(hours=3)
    late_move: timedelta = timedelta(minutes=15)
    forget_after: timedelta = timedelta(hours=24)
    session_budget: int = Field(default=12, ge=1)
    site_budget: int = Field(default=60, ge=1)

    @model_validator(mode="after")
    def _some_language(self) -> Self:
        if not self.languages:
            message = "name at least one language, such as en"
            raise ValueError(message)
        return self

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
    try:
        return Settings.model_validate({name: value for name, value in os.environ.items() if value and _is_ours(name)})
    except ValidationError as error:
        raise CannotStart("; ".join(_line(fault["loc"], fault["msg"]) for fault in error.errors())) from None


def _is_ours(variable: str) -> bool:
    return variable == "PORT" or variable.startswith("WORKSHOPS_")


def _line(place: tuple[int | str, ...], message: str) -> str:
    return f"{place[0] if place else 'WORKSHOPS_…'}: {message.removeprefix('Value error, ')}"
