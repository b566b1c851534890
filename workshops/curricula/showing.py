"""The local sheets that one answer shows, and the moment at which others would be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from workshops.curricula.areas import AreaChoice, choices, here, turns_on, wanted
from workshops.curricula.catalogue import Catalogue
from workshops.curricula.days import day_in, midnight
from workshops.curricula.law_cards import Here
from workshops.curricula.rules import Curriculum
from workshops.settings import Settings


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks for local sheets: the site with its area and its calendar, and the moment."""

    settings: Settings
    now: datetime

    def here(self, catalogue: Catalogue, curriculum: Curriculum, chosen: str) -> Here:
        """What is shown for a curriculum.

        Args:
            catalogue: Every sheet there is.
            curriculum: In the language in which it will be shown.
            chosen: The area's word from the address; empty for the site's own.

        Raises:
            Absent: no area has that word.
        """
        area = wanted(catalogue, chosen, self.settings.area, day_in(self.now, self.settings.zone))
        return here(catalogue, curriculum, area, behind=curriculum.translation.is_behind)

    def choices(self, catalogue: Catalogue, curriculum: Curriculum, *, samples: bool = False) -> Sequence[AreaChoice]:
        """The areas that can be asked for."""
        return choices(catalogue, curriculum, day_in(self.now, self.settings.zone), samples=samples)

    def review_missed(self, curriculum: Curriculum) -> date | None:
        """The day by which a text should have been read again, once it has passed."""
        due = curriculum.review.next_due
        return due if due and due < day_in(self.now, self.settings.zone) else None

    def until(self, catalogue: Catalogue, curriculum: Curriculum | None = None) -> datetime | None:
        """The midnight at which a sheet begins or ends to hold, or the review of `curriculum` is missed."""
        today = day_in(self.now, self.settings.zone)
        due = curriculum.review.next_due if curriculum else None
        missed = due + timedelta(days=1) if due and due >= today else None
        day = min(filter(None, (turns_on(catalogue, today), missed)), default=None)
        return midnight(day, self.settings.zone) if day else None
