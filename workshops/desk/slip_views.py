"""From batches and sessions to what slips and their list show."""

from workshops.curricula.state import CurriculaState
from workshops.desk.slip_pages import BatchRow, SheetEvening
from workshops.registration.models import SlipBatch
from workshops.registration.slip_rules import SlipKind
from workshops.schedule.models import Session
from workshops.schedule.views import curriculum_of
from workshops.schedule.words import moment_words, when_words
from workshops.web.memory import Ask

State = CurriculaState


def batch_row(batch: SlipBatch, ask: Ask[State]) -> BatchRow:
    """A batch as coordinators see it; read together with its session, that one's venue, and its series."""
    session = batch.session
    zone = session.venue.zone if session else ask.state["settings"].zone
    name = evening_name(session, ask) if session else batch.series.name if batch.series else ""
    until = moment_words(batch.expires_at, zone, ask.language.locale)
    return BatchRow(batch.id, SlipKind(batch.kind), batch.placed, batch.count, name, until)


def sheet_evening(session: Session, ask: Ask[State]) -> SheetEvening:
    """A session as paper may name it: no topic, no area."""
    curriculum = curriculum_of(session, ask)
    small_hours_end = ask.state["settings"].small_hours_end
    when = when_words(session.span, session.venue.zone, small_hours_end, ask.language.locale)
    return SheetEvening(curriculum.neutral_title if curriculum else "", session.letter, when)


def evening_name(session: Session, ask: Ask[State]) -> str:
    """A session in one line."""
    evening = sheet_evening(session, ask)
    return f"{evening.title} {evening.letter}, {evening.when.night.weekday} {evening.when.night.day}"
