"""What signing in needs of one process."""

from workshops.staff.porter import Porter
from workshops.web.state import AppState


class StaffState(AppState):
    """The state of the application as handlers of staff see it."""

    porter: Porter
