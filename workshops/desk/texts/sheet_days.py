"""The days of local sheets, as forms hold them."""

import re
from datetime import date

from workshops.curricula.days import YEAR, months_after
from workshops.curricula.overlay_reading import MONTHS
from workshops.curricula.overlays import OverlayStatus
from workshops.errors import N_
from workshops.web.forms import MISSING, Fault, Values, first

DAYS = ("law_as_of", "law_last_reviewed", "expires_on", "withdrawn_on")
NO_DAY = N_("Write a day as year, month and day, such as 2026-05-02.")
TOO_LATE = N_("It has to end after its review, and at most twelve months later.")


def typed_day(typed: str) -> date | None:
    """A day as browsers send it."""
    try:
        return date.fromisoformat(typed) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", typed, re.ASCII) else None
    except ValueError:
        return None


def read_day(values: Values, name: str, faults: dict[str, Fault], *, needed: bool = False) -> str:
    """A day as it was typed."""
    typed = first(values, name).strip()
    if typed and typed_day(typed) is None:
        faults[name] = Fault(NO_DAY)
    elif needed and not typed:
        faults[name] = Fault(MISSING)
    return typed


def read_end(checked: str, ends: str, too_late: str, faults: dict[str, Fault]) -> str:
    """The day on which something ends that was checked on a day: that which was typed, or some months later."""
    start, end = typed_day(checked), typed_day(ends)
    if start and not ends:
        return months_after(start, MONTHS).isoformat()
    if start and end and not start < end <= months_after(start, YEAR):
        faults["expires_on"] = Fault(too_late)
    return ends


def read_days(values: Values, status: str, today: date, faults: dict[str, Fault]) -> dict[str, str]:
    """The days of a law sheet as they were typed, with those that follow from others."""
    days = {name: read_day(values, name, faults, needed=name == "law_as_of") for name in DAYS}
    days["expires_on"] = read_end(days["law_last_reviewed"], days["expires_on"], TOO_LATE, faults)
    if status == OverlayStatus.WITHDRAWN:
        days["withdrawn_on"] = days["withdrawn_on"] or today.isoformat()
    else:
        days["withdrawn_on"] = ""
    return days
