"""Who guards the door in one process."""

from dataclasses import dataclass, field

from workshops.staff.pace import Pace
from workshops.staff.passwords import Passwords


@dataclass(frozen=True, slots=True)
class Porter:
    """Checks passwords a few at once and slows down who tries many; made in the lifespan."""

    passwords: Passwords = field(default_factory=Passwords)
    pace: Pace = field(default_factory=Pace)
