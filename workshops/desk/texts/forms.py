"""What is read from the forms of texts; nothing that was typed is lost over a fault."""

import re
from collections.abc import Collection
from dataclasses import replace

from workshops.curricula.beginning import Topic
from workshops.curricula.editing import MINUTES, UnitChange, UnitText, in_line_ends_of, plain
from workshops.curricula.fences import holds_fence
from workshops.curricula.fields import LOCAL
from workshops.curricula.paths import LONGEST_PATH, kind_of
from workshops.curricula.revising import CHANGE_NOTES, LONGEST_NOTE, TopicTaken, note_of
from workshops.curricula.wordlists import telling_words
from workshops.desk.texts.edited import Edited
from workshops.desk.texts.views import MARK, shown_text
from workshops.errors import N_
from workshops.web.forms import MISSING, Fault, Rejected, Values, first, short_text, ticked

LONGEST_TITLE = 120
NO_MINUTES = N_("Write whole minutes with digits, such as 15, or nothing.")
NO_NOTE = N_("Say in a few words what you changed.")
NO_FENCE = N_("No line may begin with three colons.")
NO_NAME = N_("Take small letters from a to z, digits and dashes.")
NO_LANGUAGE = N_("Take the short name of a language, such as es or pt-BR.")
TOO_MUCH = N_("This text cannot be kept as it is: it is longer than 1 MB, or holds a character that nothing can keep.")
EXPOSING = N_("Strangers read this title. Take one without “%(word)s”, which would fit any evening class.")
KINDS = ("translation", "overlay", "facts")
TOPIC = "topic"  # the kind of text that begins from nothing
TYPED = ("kind", "curriculum", "area", "name", "title", "neutral_title", "language", "other")


def read_edited(values: Values, faults: dict[str, Fault]) -> Edited:
    """What a form says of the change as a whole."""
    note = first(values, "note")
    words = short_text(values, "words", LONGEST_NOTE, faults)
    listed = note if note in CHANGE_NOTES else ""
    if not (listed or words or "words" in faults):
        faults["words"] = Fault(NO_NOTE)
    return Edited(first(values, "seen"), listed, words, ticked(values, "meaning"))


def note_in(edited: Edited) -> str:
    """The change note that a form makes."""
    return note_of(edited.note + ":" if edited.note and edited.words else edited.note, edited.words)


def read_unit(values: Values, faults: dict[str, Fault]) -> UnitChange:
    """A unit as it was typed; what is wrong with its title and minutes goes into `faults`."""
    title = short_text(values, "title", LONGEST_TITLE, faults, needed=True)
    minutes = {form: first(values, form).strip() for form in MINUTES}
    for form, typed in minutes.items():
        if typed and not re.fullmatch("[0-9]{1,4}", typed, re.ASCII):
            faults[form] = Fault(NO_MINUTES)
    texts = {name: first(values, name) for name in values if re.fullmatch(r"t[0-9]+(-[0-9]+)?", name, re.ASCII)}
    faults |= {name: Fault(NO_FENCE) for name, text in texts.items() if holds_fence(plain(text))}
    return UnitChange(title, minutes, texts)


def without_fences(change: UnitChange) -> UnitChange:
    """A unit without those of its typed texts that would tear it apart."""
    return replace(change, texts={name: text for name, text in change.texts.items() if not holds_fence(plain(text))})


def whole_text(typed: str, opened: str) -> str:
    """A whole text as it was typed, with the line ends and the mark that it was opened with."""
    lines = shown_text(typed)
    if lines == shown_text(opened):
        return opened
    return (MARK if opened.startswith(MARK) else "") + in_line_ends_of(lines, opened)


def as_it_stands(unit: UnitText) -> UnitChange:
    """A unit as its form shows it before anything is typed."""
    return UnitChange(unit.title, unit.minutes, {leaf.key: leaf.text for leaf in unit.leaves})


def read_new(values: Values, curricula: Collection[str]) -> str | Rejected:
    """The path of a text that is to be begun."""
    kind, curriculum = first(values, "kind"), first(values, "curriculum")
    area, language = first(values, "area").strip(), _language(values)
    faults: dict[str, Fault] = {}
    if kind not in KINDS:
        faults["kind"] = Fault(MISSING)
    if kind != "facts" and curriculum not in curricula:
        faults["curriculum"] = Fault(MISSING)
    if kind != "translation" and kind_of(f"local/{area}.en.yaml") is None:
        faults["area"] = Fault(NO_NAME)
    if kind_of(f"x/{language}.md") is None:
        faults[_language_field(values)] = Fault(NO_LANGUAGE)
    paths = {
        "translation": f"{curriculum}/{language}.md",
        "overlay": f"{curriculum}/overlays/{area}.{language}.md",
        "facts": f"local/{area}.{language}.yaml",
    }
    if faults or len(paths[kind]) > LONGEST_PATH:
        return Rejected(as_typed(values), faults or {"area": Fault(NO_NAME)})
    return paths[kind]


def read_topic(values: Values, exposure: Collection[str]) -> Topic | Rejected:
    """A topic of the group's own that is to be begun; `exposure` holds the group's own words for strangers' eyes."""
    name, language = first(values, "name").strip(), _language(values)
    faults: dict[str, Fault] = {}
    if name == LOCAL:
        faults["name"] = Fault(TopicTaken.reason)
    elif kind_of(f"{name}/en.md") is None:
        faults["name"] = Fault(NO_NAME)
    title = short_text(values, "title", LONGEST_TITLE, faults, needed=True)
    neutral = short_text(values, "neutral_title", LONGEST_TITLE, faults, needed=True)
    telling = telling_words(neutral, exposure)
    if telling and "neutral_title" not in faults:
        faults["neutral_title"] = Fault(EXPOSING, {"word": telling[0]})
    if kind_of(f"x/{language}.md") is None:
        faults[_language_field(values)] = Fault(NO_LANGUAGE)
    return Rejected(as_typed(values), faults) if faults else Topic(name, title, neutral, language)


def _language_field(values: Values) -> str:
    """Which of two fields says the language: the one in which it is typed, if anything is."""
    return "other" if first(values, "other").strip() else "language"


def _language(values: Values) -> str:
    return first(values, _language_field(values)).strip()


def as_typed(values: Values) -> dict[str, str]:
    """What the form of a new text was sent with."""
    return {name: first(values, name).strip() for name in TYPED}
