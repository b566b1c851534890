"""What the lifespan hands to every handler; features add their own by extending it."""

from typing import TypedDict

from workshops.clock import Clock
from workshops.database.connection import Database
from workshops.settings import Settings
from workshops.vault import Vault
from workshops.web.languages import Language
from workshops.web.memory import Memory
from workshops.web.rendering import Renderer


class AppState(TypedDict):
    """The live objects of one process; made in the lifespan, read from `request.state`."""

    settings: Settings
    clock: Clock
    vault: Vault
    database: Database
    languages: tuple[Language, ...]
    renderer: Renderer
    memory: Memory
