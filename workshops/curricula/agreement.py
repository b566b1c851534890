"""What the parts of a teaching file owe each other: minutes, objectives, care, words for strangers."""

from collections.abc import Callable, Collection, Iterator, Sequence

from workshops.curricula.draft import Draft, one_of
from workshops.curricula.exposure import exposed_fields
from workshops.curricula.findings import Fault
from workshops.curricula.rules import BlockKind, Form, Status, Unit, UnitKind
from workshops.curricula.wordlists import word_list

SHORTEST_CLOSE = 5  # minutes: below that nobody finds out where help is
MOST_OBJECTIVES = 3  # in one evening; with eight, people leave with none


def disagreements(draft: Draft) -> Iterator[Fault]:
    """Every fault that shows only when the parts are laid side by side."""
    if not draft.units:
        yield draft.fault(1, "there is no unit", "`::: unit {id=m1 title=… standard=20}` after the fields")
    for compare in COMPARISONS:
        yield from compare(draft)


def _minutes_add_up(draft: Draft) -> Iterator[Fault]:
    declared = draft.front.fields.minutes
    if not draft.front.has("minutes"):
        return
    for unit in draft.units:
        for form in unit.minutes.keys() - declared.keys():
            right = f"add `{form}` to `minutes`, or leave it out here"
            yield draft.fault(unit.line, f"the unit has minutes for `{form}`, which the file does not offer", right)
    for form, minutes in declared.items():
        line = draft.front.line("minutes", form.value)
        total = sum(unit.minutes.get(form, 0) for unit in draft.units)
        if total != minutes:
            wrong = f"the units of `{form}` take {total} minutes, not {minutes}"
            yield draft.fault(line, wrong, f"`{form}: {total}`, or other minutes in the units")
        closes = (unit.minutes.get(form, 0) for unit in draft.units if unit.kind is UnitKind.CLOSE)
        if max(closes, default=0) < SHORTEST_CLOSE:
            right = f"a unit with kind=close and {form}={SHORTEST_CLOSE} or more"
            yield draft.fault(line, f"`{form}` has no close of {SHORTEST_CLOSE} minutes", right)


def _objectives_are_practised(draft: Draft) -> Iterator[Fault]:
    front = draft.front
    if not front.has("objectives"):
        return
    units = {unit.id: unit for unit in draft.units}
    verbs = set(word_list("verbs", front.fields.language)) if front.has("language") else set()
    for index, objective in enumerate(front.fields.objectives):
        if verbs and objective.verb.casefold() not in verbs:
            right = "what others can see or hear, such as say, choose, show, write, sort"
            line = front.line("objectives", index, "verb")
            yield draft.fault(line, f"nobody can watch people `{objective.verb}`", right)
        if verbs and not f"{objective.text.casefold()} ".startswith(f"{objective.verb.casefold()} "):
            line = front.line("objectives", index, "text")
            yield draft.fault(line, "the objective does not start with its verb", f"`{objective.verb} …`")
        if objective.unit not in units:
            line = front.line("objectives", index, "unit")
            yield draft.fault(line, f"no unit `{objective.unit}` practises the objective", one_of(units))
    for form in Form:
        practised = [each for each in front.fields.objectives if form in _forms(units.get(each.unit))]
        if len(practised) > MOST_OBJECTIVES:
            wrong = f"`{form}` has {len(practised)} objectives"
            yield draft.fault(front.line("objectives"), wrong, f"at most {MOST_OBJECTIVES} in one evening")


def _scenarios_are_followed_up(draft: Draft) -> Iterator[Fault]:
    for unit in draft.units:
        beside = {block.kind for block in unit.blocks}
        for scenario in (block for block in unit.blocks if block.kind is BlockKind.SCENARIO):
            inside = {block.kind for block in scenario.blocks}
            if BlockKind.PARTICIPANT not in inside:
                yield draft.fault(scenario.line, "the scenario has no situation", "a `::: participant` in it")
            for kind in (BlockKind.DEBRIEF, BlockKind.QUIET_VERSION):
                if kind not in inside | beside:
                    right = f"a `::: {kind}` in the scenario, or beside it in its unit"
                    yield draft.fault(scenario.line, f"the scenario has no `{kind}`", right)


def _strangers_learn_nothing(draft: Draft) -> Iterator[Fault]:
    for name, _, words in exposed_fields(draft.front, draft.exposure):
        for word in words:
            line = draft.front.line(name.value)
            yield draft.fault(line, f"`{name}` says `{word}` to strangers", "a word that fits any evening class")


def _reviewed_means_read_twice(draft: Draft) -> Iterator[Fault]:
    fields = draft.front.fields
    if not draft.front.has("status", "review") or fields.status is not Status.REVIEWED:
        return
    if fields.review.peer is None or fields.review.content is None:
        right = "the days of `peer` and `content` in `review`, or `status: draft`"
        yield draft.fault(draft.front.line("status"), "nobody is named to have reviewed the file", right)


def _forms(unit: Unit | None) -> Collection[Form]:
    return unit.minutes.keys() if unit else ()


COMPARISONS: Sequence[Callable[[Draft], Iterator[Fault]]] = (
    _minutes_add_up,
    _objectives_are_practised,
    _scenarios_are_followed_up,
    _strangers_learn_nothing,
    _reviewed_means_read_twice,
)
