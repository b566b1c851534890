"""Who changes the schedule, when, and with what at hand."""

from dataclasses import dataclass
from datetime import date, datetime

from workshops.curricula.catalogue import Catalogue
from workshops.curricula.days import day_in
from workshops.curricula.state import Library
from workshops.settings import Settings
from workshops.vault import Vault


@dataclass(frozen=True, slots=True)
class Acting:
    """What every change of the schedule is made with."""

    handle: str  # of the coordinator
    now: datetime
    settings: Settings
    vault: Vault
    library: Library

    @property
    def catalogue(self) -> Catalogue:
        return self.library.catalogue

    @property
    def today(self) -> date:
        """The day on the calendar of the site, by which sheets begin and end."""
        return day_in(self.now, self.settings.zone)
