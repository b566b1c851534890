"""The fields of the first lines of a teaching file, and what each may hold."""

import re
from datetime import date
from typing import Annotated, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StringConstraints,
    model_validator,
)
from pydantic_core import PydanticCustomError

from workshops.curricula.names import LANGUAGE, NAME, VERSION
from workshops.curricula.rules import Area, Form, Status

MOST_IN_A_LIST = 50
LOCAL = "local"  # the folder of local facts: no curriculum has this id


def refusal(wrong: str, right: str) -> PydanticCustomError:
    """A fault in our own words; `front.py` prints both parts."""
    return PydanticCustomError("refusal", "{wrong}: {right}", {"wrong": wrong, "right": right})


def _count(value: object) -> int:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,4}", value):
        return int(value)
    raise refusal("is no whole number", "digits only, such as 10")


def _day(value: object) -> date:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise refusal("is a day that no calendar has", "a day such as 2026-05-02") from None
    raise refusal("is no day", "year, month and day, such as 2026-05-02")


def _one_line(value: object) -> object:
    """Long sentences may run over several lines of the file; they are one line of text."""
    return " ".join(value.split()) if isinstance(value, str) else value


def no_contact(value: str) -> str:
    """Refuse what leads to a person."""
    if "@" in value:
        raise refusal("holds an e-mail address or a handle", "a collective name only")
    return value


def _free_name(value: str) -> str:
    if value == LOCAL:
        raise refusal("is the folder of local facts", "another id, and the same name for the folder")
    return value


Count = Annotated[int, BeforeValidator(_count)]
Minutes = Annotated[int, BeforeValidator(_count), Field(ge=1, le=240)]
Day = Annotated[date, BeforeValidator(_day)]
Title = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=120)]
Sentences = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=600)]
Slug = Annotated[str, StringConstraints(pattern=f"^{NAME}$")]
Version = Annotated[str, StringConstraints(pattern=f"^{VERSION}$")]
Language = Annotated[str, StringConstraints(pattern=f"^{LANGUAGE}$")]
Ages = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,2}(-[0-9]{1,2})?$")]
License = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9.+-]{0,40}$")]

Audience = Literal["peers", "peer-educators", "providers", "allies", "facilitators"]
Level = Literal["starter", "core", "advanced"]
Delivery = Literal["in-person", "phone", "online", "online-camera-off"]
Print = Literal[
    "handout", "worksheet", "checklist", "wallet-card", "pocket-card", "scenario-cards", "run-sheet", "guide",
    "evaluation", "poster", "zine", "pack", "large-print", "tally-sheet",
]  # fmt: skip

T = TypeVar("T")
AnyNumber = Annotated[tuple[T, ...], Field(max_length=MOST_IN_A_LIST)]
Several = Annotated[tuple[T, ...], Field(min_length=1, max_length=MOST_IN_A_LIST)]


class Fields(BaseModel):
    """Fields that are all named: an unknown one is a fault."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class GroupFields(Fields):
    min: Count
    ideal: Count
    max: Count

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not 1 <= self.min <= self.ideal <= self.max <= 100:  # noqa: PLR2004 - no room we plan for holds more
            raise refusal("does not grow from min to max", "min, ideal and max from 1 to 100, in this order")
        return self


class FacilitatorFields(Fields):
    min: Annotated[Count, Field(ge=1, le=20)]
    peer_required: StrictBool


class ContentNoteFields(Fields):
    topic: Sentences
    where: Slug
    minutes: Minutes
    opt_out: Sentences


class ObjectiveFields(Fields):
    id: Slug
    verb: Title
    text: Sentences
    unit: Slug


class ReviewFields(Fields):
    peer: Day | None = None
    content: Day | None = None
    next_due: Day | None = None


class TranslationFields(Fields):
    of: Language | None = None
    source_version: Version | None = None
    reviewed_on: Day | None = None
    back_checked: StrictBool = False
    machine_made: StrictBool = False

    @model_validator(mode="after")
    def _names_a_version(self) -> Self:
        if (self.of is None) != (self.source_version is None):
            raise refusal("names only half of its original", "both `of` and `source_version`, or neither")
        return self


class FrontMatter(Fields):
    """Everything that may stand between the `---` lines."""

    format: Literal["1"]
    id: Annotated[Slug, AfterValidator(_free_name)]
    version: Version
    status: Status
    title: Title
    neutral_title: Title
    neutral_summary: Sentences
    summary: Sentences
    language: Language
    audience: Several[Audience]
    adults_only: Literal[True]
    level: Level
    areas: Several[Area]
    minutes: Annotated[dict[Form, Annotated[Minutes, Field(ge=5)]], Field(min_length=1)]
    group: GroupFields
    facilitators: FacilitatorFields
    delivery: Several[Delivery]
    objectives: Several[ObjectiveFields]
    license: License
    credit: Annotated[Title, AfterValidator(no_contact)]
    reading_age_target: Ages = "9-11"
    content_notes: AnyNumber[ContentNoteFields] = ()
    materials: AnyNumber[Title] = ()
    prints: AnyNumber[Print] = ()
    overlays: AnyNumber[Slug] = ()
    sources: AnyNumber[Slug] = ()
    jurisdiction: Literal["generic"] = "generic"
    review: ReviewFields = ReviewFields()
    translation: TranslationFields = TranslationFields()
