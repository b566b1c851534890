"""The catalogue as handlers find it in the state of the application."""

from workshops.curricula.catalogue import Catalogue
from workshops.curricula.kept import read_or_kept
from workshops.curricula.texts import texts_in
from workshops.settings import Settings
from workshops.web.state import AppState


class CurriculaState(AppState):
    """The edge's state and every curriculum there is."""

    catalogue: Catalogue


def open_catalogue(settings: Settings) -> Catalogue:
    """Every curriculum of this installation; broken ones are in it with their faults."""
    return read_or_kept(texts_in(settings.curricula_dir), settings.data_dir)
