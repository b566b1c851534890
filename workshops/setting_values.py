"""What single settings may hold; each check says in its sentence what would be right."""

from datetime import time
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones


def known_zone(name: str) -> str:
    if name not in available_timezones():
        message = f"no time zone is called {name}; take a name such as Europe/Berlin"
        raise ValueError(message)
    return name


def origin_alone(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query:
        message = "an origin is scheme and host alone, such as https://evenings.example"
        raise ValueError(message)
    return address


def https(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or any(not each.isprintable() or each == " " for each in address):
        message = "the page that people leave to must be an https address, such as https://www.wikipedia.org/"
        raise ValueError(message)
    return address


def languages_once(codes: tuple[str, ...]) -> tuple[str, ...]:
    if not codes:
        message = "name at least one language, such as en"
        raise ValueError(message)
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        message = f"{', '.join(twice)} stands there twice; name each language once"
        raise ValueError(message)
    return codes


def folder_of_texts(folder: Path) -> Path:
    if not folder.is_dir():
        message = f"there is no folder {folder}; name the one that holds sources.yaml and a folder for each topic"
        raise ValueError(message)
    return folder


def words(value: object) -> object:
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


def phrases(value: object) -> object:
    return tuple(filter(None, map(str.strip, value.split(",")))) if isinstance(value, str) else value


def wall_time(at: time) -> time:
    if at.tzinfo is not None:
        message = "write a time of the day as a clock on the wall shows it, such as 06:00"
        raise ValueError(message)
    return at
