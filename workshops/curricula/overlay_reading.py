"""An overlay's text into a value, or into everything that keeps it from being one."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from workshops.curricula.characters import cleaned, too_long
from workshops.curricula.days import YEAR, months_after
from workshops.curricula.draft import one_of
from workshops.curricula.fences import Scanner
from workshops.curricula.findings import Broken, Fault
from workshops.curricula.front import LONGEST, split
from workshops.curricula.overlays import Jurisdiction, Overlay, OverlayStatus, Provision, Reviewer
from workshops.curricula.reading import broken
from workshops.curricula.rules import Block, BlockKind
from workshops.curricula.sheet_fields import MADE_UP, OverlayFields
from workshops.curricula.texts import SheetPlace, digest_of_text
from workshops.curricula.units import UnitReader
from workshops.curricula.yaml_fields import Written, read_fields

MONTHS = 6  # after its review an overlay expires, unless it says when


@dataclass(frozen=True, slots=True)
class Draft:
    """An overlay whose fields and blocks were read one by one."""

    place: SheetPlace
    written: Written[OverlayFields]
    blocks: Sequence[Block]
    slots: Collection[str] | None

    @property
    def file(self) -> str:
        return self.written.file


def read_overlay(text: str, *, file: str, place: SheetPlace, slots: Collection[str] | None) -> Overlay | Broken:
    """Read a whole overlay; any text gives a value, and nothing is raised.

    Args:
        text: The file's text, as long as it likes: more than 1 MB is one fault.
        file: How the faults call the file.
        place: Where the file stands.
        slots: The law slots that the curriculum lists; None where nobody knows them.
    """
    if fault := too_long(text, file):
        return Broken(file, (fault,))
    lines, hidden = cleaned(text, file)
    parts = split(lines, file)
    written = read_fields(parts.fields, OverlayFields, file, first=min(2, len(lines)), longest=LONGEST)
    scanner = Scanner(file, kinds=(BlockKind.LAW_SLOT.value,))
    reader = UnitReader(file)
    blocks = reader.read_leaves(scanner.read(parts.body, parts.body_line))
    draft = Draft(place, written, blocks, slots)
    faults = [*hidden, *parts.faults, *written.faults, *scanner.faults, *reader.faults]
    faults += [fault for compare in COMPARISONS for fault in compare(draft)]
    if faults or written.fields is None:
        return broken(file, faults)
    return _overlay(written.fields, place.curriculum, blocks, digest_of_text(text))


def _file_stands_in_its_place(draft: Draft) -> Iterator[Fault]:
    yield from draft.written.stands_elsewhere(area=draft.place.area, language=draft.place.language)


def _slots_are_the_curriculum_s(draft: Draft) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for block in draft.blocks:
        if block.id in first:
            yield Fault(draft.file, block.line, f"line {first[block.id]} fills `{block.id}` too", "keep one of the two")
        elif block.id and draft.slots is not None and block.id not in draft.slots:
            wrong = f"`{draft.place.curriculum}` lists no law slot `{block.id}`"
            yield Fault(draft.file, block.line, wrong, one_of(draft.slots))
        first.setdefault(block.id, block.line)
    if not draft.blocks:
        yield draft.written.fault("it fills no law slot", "`::: law-slot {id=…}`, its text, `:::`")


def _what_is_not_a_draft_was_checked(draft: Draft) -> Iterator[Fault]:
    fields = draft.written.fields
    if fields is None or fields.status is OverlayStatus.DRAFT:
        return
    for name in ("law_last_reviewed", "reviewer", "second_reader"):
        if getattr(fields, name) is None:
            yield draft.written.fault(
                f"it is `{fields.status}` without `{name}`", f"add `{name}`, or `draft`", "status"
            )


def _days_follow_each_other(draft: Draft) -> Iterator[Fault]:
    fields = draft.written.fields
    if fields is None:
        return
    reviewed = fields.law_last_reviewed
    if reviewed is None:
        if fields.expires_on:
            yield draft.written.fault("it expires without a review", "add `law_last_reviewed`", "expires_on")
        return
    if fields.law_as_of > reviewed:
        right = f"{reviewed} or before"
        yield draft.written.fault("`law_as_of` comes after the review, which cannot know it", right, "law_as_of")
    latest = months_after(reviewed, YEAR)
    if fields.expires_on and not reviewed < fields.expires_on <= latest:
        right = f"after {reviewed}, by {latest}"
        yield draft.written.fault("it does not expire within a year of its review", right, "expires_on")


def _withdrawal_has_its_day(draft: Draft) -> Iterator[Fault]:
    fields = draft.written.fields
    if fields is None:
        return
    if (fields.withdrawn_on is None) == (fields.status is OverlayStatus.WITHDRAWN):
        wrong = "`status: withdrawn` and `withdrawn_on` do not stand together"
        yield draft.written.fault(wrong, "both of them, or neither", "status")
    elif fields.withdrawn_on and fields.law_last_reviewed and fields.withdrawn_on < fields.law_last_reviewed:
        wrong = "it was withdrawn before it was reviewed"
        yield draft.written.fault(wrong, f"{fields.law_last_reviewed} or later", "withdrawn_on")


def _samples_are_made_up(draft: Draft) -> Iterator[Fault]:
    fields = draft.written.fields
    if fields is None or fields.sample == (fields.jurisdiction.country == MADE_UP):
        return
    right = f"`sample: true` with `country: {MADE_UP}` for a made-up place, neither for a real one"
    yield draft.written.fault("only a sample is about a made-up country", right, "jurisdiction", "country")


COMPARISONS: Sequence[Callable[[Draft], Iterator[Fault]]] = (
    _file_stands_in_its_place,
    _slots_are_the_curriculum_s,
    _what_is_not_a_draft_was_checked,
    _days_follow_each_other,
    _withdrawal_has_its_day,
    _samples_are_made_up,
)


def _overlay(fields: OverlayFields, curriculum: str, blocks: Sequence[Block], digest: str) -> Overlay:
    reviewed, reviewer, second = fields.law_last_reviewed, fields.reviewer, fields.second_reader
    return Overlay(
        curriculum=curriculum,
        area=fields.area,
        language=fields.language,
        status=fields.status,
        sample=fields.sample,
        jurisdiction=Jurisdiction(**dict(fields.jurisdiction)),
        covers=fields.covers,
        law_as_of=fields.law_as_of,
        law_last_reviewed=reviewed,
        expires_on=fields.expires_on or (months_after(reviewed, MONTHS) if reviewed else None),
        reviewer=Reviewer(reviewer.role, reviewer.organisation) if reviewer else None,
        second_reader=second.role if second else None,
        applies_to=fields.applies_to,
        enforcement_note=fields.enforcement_note,
        sources=tuple(Provision(**dict(source)) for source in fields.sources),
        withdrawn_on=fields.withdrawn_on,
        texts={block.id: block.text for block in blocks},
        digest=digest,
    )
