"""What the list of evenings can be narrowed to, by opaque ids that name no topic in an address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import blake2b
from zoneinfo import ZoneInfo

from workshops.curricula.rules import Area, Curriculum
from workshops.errors import Absent
from workshops.schedule.models import Session
from workshops.schedule.nights import BANDS, BandName, band_of, night_of
from workshops.schedule.queries import Wanted

QUERY = ("topic", "band", "lang", "area", "when", "page")
TONIGHT = "0"
PAGE_SIZE = 50
MOST_PAGES = 1000


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
        Absent: the page is no number of a page, the band no band.
    """
    page = given.get("page", "1")
    band = given.get("band", "")
    if not page.isdecimal() or not 1 <= int(page) <= MOST_PAGES or (band and band not in set(BandName)):
        raise Absent
    return Choice(
        given.get("topic", ""), band, given.get("lang", ""), given.get("area", ""), given.get("when", ""), int(page)
    )


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
        if choice.when == TONIGHT and not _is_tonight(session, zone, now, small_hours_end):
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
