"""Places as a state machine: what an event makes of a place, and what becomes of its seat."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, IntFlag, StrEnum, auto

from workshops.errors import N_, Refusal


class PlaceState(StrEnum):
    CONFIRMED = "confirmed"
    HELD = "held"  # promoted from the waiting list, until a time
    WAITING = "waiting"


class Need(IntFlag):
    """What a participant may tick; summed, and gone with the registration."""

    STEP_FREE = 1
    INTERPRETER = 2  # ticked by its language
    CHILD_CARE = 4
    QUIET_SEAT = 8
    HEARING_LOOP = 16
    LARGE_PRINT = 32


TICKS = tuple(need for need in Need if need is not Need.INTERPRETER)


class Event(Enum):
    """What can happen to a place."""

    LOOK = auto()  # its code was shown to us
    CANCEL = auto()
    SETTLE = auto()  # time has passed
    TURN = auto()  # a seat has come to the head of the queue
    SEAT_FREE = auto()  # at the last call, a free seat goes to whoever waiting looks first


class Seat(Enum):
    """What becomes of a seat."""

    UNCHANGED = auto()
    FREED = auto()
    LEFT_QUEUE = auto()  # there was no seat, only a waiting spot
    CAME_FROM_QUEUE = auto()  # a freed seat passes on without becoming free
    TAKEN_FROM_FREE = auto()


@dataclass(frozen=True, slots=True)
class Standing:
    """How a place stands."""

    state: PlaceState
    held_until: datetime | None = None

    def is_over(self, now: datetime) -> bool:
        return self.state is PlaceState.HELD and self.held_until is not None and self.held_until <= now


@dataclass(frozen=True, slots=True)
class Step:
    """Where an event leads; a place without a standing is deleted."""

    standing: Standing | None
    seat: Seat


CONFIRMED = Standing(PlaceState.CONFIRMED)


def step(standing: Standing, event: Event, now: datetime, *, held_until: datetime | None = None) -> Step:
    """Say where `event` leads a place.

    Args:
        standing: How it stands now.
        event: What happens.
        now: The present moment; a hold that is over lapses whatever happens.
        held_until: For TURN, until when the seat will be held.

    Raises:
        ValueError: the event cannot happen to such a place; a mistake of ours, not of a visitor.
    """
    if standing.is_over(now):
        return Step(None, Seat.FREED)
    waits = standing.state is PlaceState.WAITING
    match event:
        case Event.LOOK:
            return Step(standing if waits else CONFIRMED, Seat.UNCHANGED)
        case Event.SETTLE:
            return Step(standing, Seat.UNCHANGED)
        case Event.CANCEL:
            return Step(None, Seat.LEFT_QUEUE if waits else Seat.FREED)
        case Event.TURN if waits and held_until is not None:
            return Step(Standing(PlaceState.HELD, held_until), Seat.CAME_FROM_QUEUE)
        case Event.SEAT_FREE if waits:
            return Step(CONFIRMED, Seat.TAKEN_FROM_FREE)
        case _:
            message = f"{event} cannot happen to a place that is {standing.state}"
            raise ValueError(message)


class QueueFull(Refusal):
    """The waiting list is as long as it can be."""

    reason = N_("All places and the waiting list are full. Walk-in places are given at the door.")


class TooLate(Refusal):
    """The evening has begun or is over; there is nothing to cancel."""

    reason = N_("This evening has already begun, so nothing needs to be cancelled.")
