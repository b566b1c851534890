"""The fields of local sheets: overlays and local facts, and what each may hold."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StrictBool, StringConstraints

from workshops.curricula.fields import (
    AnyNumber,
    Day,
    Fields,
    Language,
    Sentences,
    Several,
    Slug,
    Title,
    no_contact,
    refusal,
)
from workshops.curricula.local_facts import FactKind
from workshops.curricula.overlays import OverlayStatus
from workshops.curricula.sources import Address

YEARS = range(2000, 2100)
MOST_FACTS = 100
MADE_UP = "XX"  # the country of samples


def _of_our_time(value: date) -> date:
    if value.year not in YEARS:
        raise refusal("is in no year of ours", "a day such as 2026-05-02")
    return value


SheetDay = Annotated[Day, AfterValidator(_of_our_time)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Phone = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z+*#][0-9A-Za-z+*#()/ .-]{0,39}$")]
Role = Annotated[Title, AfterValidator(no_contact)]
AppliesTo = Literal["citizens", "migrants-with-status", "migrants-without-status"]


class JurisdictionFields(Fields):
    country: Country
    region: Title | None = None
    city: Title | None = None
    label: Title


class ReviewerFields(Fields):
    role: Role
    organisation: Role
    name_public: Literal[False] = False


class SecondReaderFields(Fields):
    role: Role


class ProvisionFields(Fields):
    title: Sentences
    organisation: Sentences
    address: Address
    provision: Sentences
    read_on: SheetDay


class OverlayFields(Fields):
    """Everything that may stand between the `---` lines of an overlay."""

    format: Literal["1"]
    area: Slug
    language: Language
    status: OverlayStatus
    sample: StrictBool = False
    jurisdiction: JurisdictionFields
    covers: Sentences
    law_as_of: SheetDay
    law_last_reviewed: SheetDay | None = None
    expires_on: SheetDay | None = None
    withdrawn_on: SheetDay | None = None
    reviewer: ReviewerFields | None = None
    second_reader: SecondReaderFields | None = None
    applies_to: Several[AppliesTo]
    enforcement_note: Sentences
    sources: Several[ProvisionFields]


class FactFields(Fields):
    id: Slug
    kind: FactKind
    name: Title
    helps_with: Sentences
    phone: Phone | None = None
    web: Address | None = None
    hours: Title | None = None
    languages: AnyNumber[Language] = ()
    passes_on: Sentences | None = None
    fills: AnyNumber[Slug] = ()
    checked_on: SheetDay
    expires_on: SheetDay | None = None


class LocalFactsFields(Fields):
    """Everything that may stand in a file of local facts."""

    format: Literal["1"]
    area: Slug
    language: Language
    label: Title
    sample: StrictBool = False
    facts: Annotated[tuple[FactFields, ...], Field(min_length=1, max_length=MOST_FACTS)]
