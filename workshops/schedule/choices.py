"""What the list of evenings can be narrowed to, by opaque ids that name no topic in an address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import blake2b
from math import ceil
from zoneinfo import ZoneInfo

from workshops.curricula.rules import Area, Curriculum
from workshops.curricula.state import CurriculaState
from workshops.errors import Absent
from workshops.schedule.models import Session
from workshops.schedule.nights import BANDS, BandName, band_of, night_of
from workshops.schedule.queries import Wanted, areas, count_coming, shown_languages
from workshops.web.memory import NOTHING, Words

QUERY = ("topic", "band", "lang", "area", "when", "page")
TONIGHT = "0"
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """One narrowing of the list; empty words mean any."""

    topic: str = ""
    band: str = ""
    lang: str = ""
    area: str = ""
    when: str = ""
    page: int = 1

    @property
    def is_any(self) -> bool:
        return not (self.topic or self.band or self.lang or self.area or self.when)

    def query(self, page: int) -> str:
        """The query string of another page of the same list."""
        words = [(name, getattr(self, name)) for name in QUERY[:-1]]
        pairs = [f"{name}={value}" for name, value in words if value]
        return "?" + "&".join([*pairs, f"page={page}"])


def read_choice(given: Mapping[str, str]) -> Choice:
    """Read the query of the list.

    Raises:
        Absent: there is no such page.
    """
    page = given.get("page", "1")
    if page == NOTHING:
        raise Absent
    words = {name: given.get(name, "") for name in QUERY[:-1]}
    return Choice(**words, page=int(page))


async def known_words(state: CurriculaState, now: datetime) -> Words:
    """The values that the query of the list and the calendar can have, as long as the schedule stays as it is."""
    versions = state["library"].catalogue.curricula.values()
    pages = max(1, ceil(await count_coming(now) / PAGE_SIZE))
    return {
        "topic": {each.short_id for group in versions for each in group.values()} | {theme_id(theme) for theme in Area},
        "band": set(BandName),
        "lang": {*await shown_languages()},
        "area": {each.id for each in await areas()},
        "when": {TONIGHT},
        "page": {str(number) for number in range(1, pages + 1)},
    }


def theme_id(theme: Area) -> str:
    """The opaque id of one of the five areas of practice."""
    return blake2b(theme.encode(), digest_size=4, person=b"theme").hexdigest()


def wanted_of(choice: Choice, curricula: Sequence[Curriculum]) -> Wanted:
    """What the database is asked for; bands and nights depend on each venue's zone and are sifted after."""
    return Wanted(_topic_ids(choice.topic, curricula), choice.lang or None, choice.area or None)


def sift(sessions: Sequence[Session], choice: Choice, now: datetime, small_hours_end: time) -> list[Session]:
    """Keep the sessions in the chosen band, and tonight's if only tonight is wanted."""
    kept = []
    for session in sessions:
        zone = ZoneInfo(session.venue.zone)
        if choice.band and band_of(session.starts_at, BANDS, zone) != choice.band:
            continue
        if choice.when and (choice.when != TONIGHT or not _is_tonight(session, zone, now, small_hours_end)):
            continue
        kept.append(session)
    return kept


def _is_tonight(session: Session, zone: ZoneInfo, now: datetime, small_hours_end: time) -> bool:
    night: date = night_of(session.starts_at, zone, small_hours_end)
    return night == night_of(now, zone, small_hours_end)


def _topic_ids(topic: str, curricula: Sequence[Curriculum]) -> Sequence[str] | None:
    if not topic:
        return None
    themes = {theme_id(theme): theme for theme in Area}
    if topic in themes:
        return [each.id for each in curricula if themes[topic] in each.areas]
    return [each.id for each in curricula if each.short_id == topic]
