"""The catalogue as handlers find it in the state of the application."""

from workshops.curricula.library import Catalogue, read_catalogue
from workshops.settings import Settings
from workshops.web.state import AppState


class CurriculaState(AppState):
    """The edge's state and every curriculum there is."""

    catalogue: Catalogue


def open_catalogue(settings: Settings) -> Catalogue:
    """Read every curriculum of this installation; broken ones are in it with their faults."""
    return read_catalogue(settings.curricula_dir)
