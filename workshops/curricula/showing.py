"""The local sheets that one answer shows, and the moment at which others would be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from workshops.curricula.areas import AreaChoice, choices, here, is_behind, turns_on, wanted
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
        return here(catalogue, curriculum, area, behind=is_behind(catalogue, curriculum))

    def choices(self, catalogue: Catalogue, curriculum: Curriculum, *, samples: bool = False) -> Sequence[AreaChoice]:
        """The areas that can be asked for."""
        return choices(catalogue, curriculum, day_in(self.now, self.settings.zone), samples=samples)

    def until(self, catalogue: Catalogue) -> datetime | None:
        """The midnight at which a sheet begins or ends to hold."""
        day = turns_on(catalogue, day_in(self.now, self.settings.zone))
        return midnight(day, self.settings.zone) if day else None
