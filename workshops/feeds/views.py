"""From rows to what a calendar is told, in the language of each session."""

from workshops.curricula.catalogue import Catalogue
from workshops.feeds.rules import Entry
from workshops.schedule.models import Session
from workshops.web.languages import translations


def entry_of(session: Session, catalogue: Catalogue) -> Entry:
    """A session as calendars show it; nothing here depends on places or on who reads it."""
    return Entry(
        session_id=session.id,
        title=_title(session, catalogue),
        area=session.venue.area.label,
        span=session.span,
        sequence=session.sequence,
        modified_at=session.modified_at,
        cancelled_on=session.cancelled_on,
    )


def calendar_name(language: str) -> str:
    """What a reader calls the calendar among others: a word that says nothing."""
    return translations(language).gettext("Evenings")


def _title(session: Session, catalogue: Catalogue) -> str:
    gettext = translations(session.language).gettext
    curriculum = catalogue.taught(session, session.language)
    title = f"{curriculum.neutral_title if curriculum else gettext('Evening')} {session.letter}"
    return f"{title} ({gettext('Sample')})" if session.sample else title
