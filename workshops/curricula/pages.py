"""What the pages of topics may show."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from markupsafe import Markup

from workshops.curricula.areas import AreaChoice
from workshops.curricula.boxes import Box
from workshops.curricula.law_cards import Here
from workshops.curricula.rules import Curriculum, Form


@dataclass(frozen=True, slots=True)
class TopicsPage:
    """Every curriculum of the site; public."""

    template: ClassVar[str] = "curricula/topics.html"

    topics: Sequence[Curriculum]


@dataclass(frozen=True, slots=True)
class TextView:
    """A text, and whether its advice can have legal effects of which nothing is known here."""

    html: Markup
    check_first: bool


@dataclass(frozen=True, slots=True)
class UnitView:
    """One part of the evening, as participants read it."""

    title: str
    kind: str
    minutes: int
    texts: Sequence[TextView]
    key_messages: Sequence[TextView]
    boxes: Sequence[Box]  # what holds in the chosen area


@dataclass(frozen=True, slots=True)
class TopicPage:
    """One curriculum: what it is about, how long, what comes up, and its handout; public."""

    template: ClassVar[str] = "curricula/topic.html"

    topic: Curriculum
    forms: Sequence[Form]
    units: Sequence[UnitView]
    local: Here
    help: Box
    areas: Sequence[AreaChoice]  # whose sheets can be shown instead
    described: Markup  # for machines; empty unless the site may be indexed
    review_missed: date | None  # the day by which it should have been read again
