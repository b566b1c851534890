"""What the pages of topics may show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from workshops.curricula.rules import Curriculum, Form


@dataclass(frozen=True, slots=True)
class TopicsPage:
    """Every curriculum of the site; public."""

    template: ClassVar[str] = "curricula/topics.html"

    topics: Sequence[Curriculum]


@dataclass(frozen=True, slots=True)
class UnitView:
    """One part of the evening, as participants read it."""

    title: str
    kind: str
    minutes: int
    texts: Sequence[Markup]
    key_messages: Sequence[Markup]


@dataclass(frozen=True, slots=True)
class TopicPage:
    """One curriculum: what it is about, how long, what comes up, and its handout; public."""

    template: ClassVar[str] = "curricula/topic.html"

    topic: Curriculum
    forms: Sequence[Form]
    units: Sequence[UnitView]
