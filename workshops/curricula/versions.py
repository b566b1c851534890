"""Versions of teaching files: what saving a change makes of them, so that translations can tell what they owe.

The second number of a version rises when a text says something else, the third with every other change. Beside
it each part says in `changed` since when it means what it means; `translating` compares nothing else.
"""

import re
from collections.abc import Collection, Mapping

from workshops.curricula.editing import UnitText, units_of, with_attribute
from workshops.curricula.merging import said_of
from workshops.curricula.names import VERSION
from workshops.curricula.paths import TextKind, kind_of
from workshops.curricula.translating import meaning_of
from workshops.curricula.vouching import translation_in

FIELD = re.compile(rf"(?P<start>^version:[ \t]*[\"']?)(?P<version>{VERSION})(?=[\"']?[ \t\r]*$)", re.MULTILINE)


def is_original(path: str, text: str) -> bool:
    """Whether translations can be made of a text."""
    return kind_of(path) is TextKind.TEACHING and not translation_in(text).get("of")


def raised(path: str, before: str, after: str, units: Collection[str] | None = None) -> str:
    """A changed text with the version that it is saved with; one that somebody wrote into it by hand stays.

    Args:
        path: Where it stands; only teaching files have versions.
        before: As it was opened.
        after: As it was typed.
        units: Ids of those that mean something else now; None where nothing does.
    """
    old, typed = version_in(before), version_in(after)
    if kind_of(path) is not TextKind.TEACHING or not old or not typed or (before == after and units is None):
        return after
    follows = units is not None and is_original(path, after)
    new = typed if typed != old else _next(old, follows=follows)
    text = _with_version(after, new)
    return _marked(before, text, units or (), new) if follows else text


def restored(path: str, newest: str, older: str) -> str:
    """An older text as it is saved again: above the newest version, so that translations of either can tell.

    It is the newest one where the two differ in nothing else.
    """
    if not is_original(path, newest) or not version_in(newest):
        return older
    if _unversioned(newest) == _unversioned(older):
        return newest
    units = changed_units(newest, older)
    new = _next(version_in(newest), follows=bool(units))
    return _marked(newest, _with_version(older, new), units, new)


def changed_units(before: str, after: str) -> list[str]:
    """Ids of the units that say something else now, or are new."""
    former = _by_id(before)
    return [
        name for name, unit in _by_id(after).items() if name not in former or said_of(former[name]) != said_of(unit)
    ]


def means_since(text: str, unit_id: str) -> tuple[int, int] | None:
    """Since which meaning of its file a unit says what it says; None where nobody can tell."""
    unit = _by_id(text).get(unit_id)
    since = (unit.changed or version_in(text)) if unit else ""
    return meaning_of(since) if re.fullmatch(VERSION, since) else None


def version_in(text: str) -> str:
    """The version in the first lines of a file; empty where none is to be read."""
    found = FIELD.search(text.partition("\n---")[0])
    return found["version"] if found else ""


def _next(version: str, *, follows: bool) -> str:
    major, minor, small = map(int, version.split("."))
    return f"{major}.{minor + 1}.0" if follows else f"{major}.{minor}.{small + 1}"


def _marked(before: str, text: str, units: Collection[str], new: str) -> str:
    """The text whose units say since when they mean what they mean: `units` since now, the others since they did."""
    former, old = _by_id(before), version_in(before)
    marks = {}
    for name, unit in _by_id(text).items():
        said = [each.changed for each in (unit, former.get(name)) if each and re.fullmatch(VERSION, each.changed)]
        marks[name] = new if name in units else max(said, key=_numbers, default=old)
    return with_attribute(text, "changed", marks)


def _numbers(version: str) -> list[int]:
    return [int(each) for each in version.split(".")]


def _by_id(text: str) -> Mapping[str, UnitText]:
    """Units by their ids; of two that share one the first."""
    found: dict[str, UnitText] = {}
    for unit in units_of(text):
        found.setdefault(unit.id, unit)
    found.pop("", None)
    return found


def _with_version(text: str, version: str) -> str:
    head, mark, body = text.partition("\n---")
    return FIELD.sub(rf"\g<start>{version}", head, count=1) + mark + body


def _unversioned(text: str) -> str:
    return _with_version(with_attribute(text, "changed", dict.fromkeys(_by_id(text))), "0.0.0")
