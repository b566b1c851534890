"""Two people at one text: a unit put into the newest text as long as nobody else changed that unit."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workshops.curricula.editing import MINUTES, Leaf, UnitChange, UnitText, plain, unit_of, with_unit

Name = tuple[str, str, str, int]  # of a leaf in its unit: kind, title, scenario, and which of those


@dataclass(frozen=True, slots=True)
class Clash:
    """A unit that somebody else changed meanwhile, with what was typed where it belongs now."""

    unit: UnitText | None  # as it is saved now; None: it is gone
    change: UnitChange  # what saving again would make of it
    homeless: Sequence[tuple[Leaf, str]]  # typed for texts that are gone


def put_in(seen: str, newest: str, unit_id: str, change: UnitChange) -> str | Clash:
    """The newest text with a changed unit, or what stands in the way of that.

    Args:
        seen: The text that the form was opened with.
        newest: What was saved last.
        unit_id: Which unit.
        change: The unit as it was typed upon `seen`.
    """
    before, now = unit_of(seen, unit_id), unit_of(newest, unit_id)
    if before is None or now is None:
        return Clash(
            now, change, [(leaf, change.texts.get(leaf.key, "")) for leaf in (before.leaves if before else ())]
        )
    clash = _moved(before, now, change)
    merged = with_unit(newest, unit_id, clash.change)
    if not clash.homeless and (merged == newest or said_of(before) == said_of(now)):
        return merged
    return clash


def said_of(unit: UnitText) -> object:
    """All that a unit says to people: no versions, and not where it stands in the file."""
    return unit.title, dict(unit.minutes), [(*name, leaf.text) for name, leaf in _named(unit)]


def _moved(before: UnitText, now: UnitText, change: UnitChange) -> Clash:
    """What was typed, on the unit as it is now; what was only left as it stood follows the unit."""
    typed = {
        name: (leaf, change.texts[leaf.key])
        for name, leaf in _named(before)
        if plain(change.texts.get(leaf.key, leaf.text)) != plain(leaf.text)
    }
    own = dict(_named(now))
    texts = {leaf.key: typed[name][1] if name in typed else leaf.text for name, leaf in own.items()}
    title = now.title if change.title == before.title else change.title
    minutes = {form: _chosen(before.minutes, now.minutes, change.minutes, form) for form in MINUTES}
    homeless = [pair for name, pair in typed.items() if name not in own]
    return Clash(now, UnitChange(title, minutes, texts, change.source_version), homeless)


def _chosen(before: Mapping[str, str], now: Mapping[str, str], typed: Mapping[str, str], form: str) -> str:
    wanted = typed.get(form, before.get(form, ""))
    return now.get(form, "") if wanted == before.get(form, "") else wanted


def _named(unit: UnitText) -> Iterator[tuple[Name, Leaf]]:
    counted: Counter[tuple[str, str, str]] = Counter()
    for leaf in unit.leaves:
        name = (leaf.kind, leaf.title, leaf.scenario)
        yield (*name, counted[name]), leaf
        counted[name] += 1
