"""What the pages of prints may show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from workshops.curricula.areas import AreaChoice
from workshops.curricula.rules import Curriculum
from workshops.handouts.documents import Guide


@dataclass(frozen=True, slots=True)
class GuidePage:
    """The guide as one page for a facilitator's phone; never public."""

    template: ClassVar[str] = "handouts/guide.html"

    curriculum: Curriculum
    document: Guide
    direction: str  # of the curriculum's language, which need not be the site's
    areas: Sequence[AreaChoice]  # whose local sheets can be shown with it
    edition: str  # names the text of a session that was published with an older one; empty for what is current
