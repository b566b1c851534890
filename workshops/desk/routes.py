"""The addresses of the desk; what answers them is loaded when it is first asked for."""

from workshops.desk.texts.routes import ROUTES as TEXTS
from workshops.web.table import Audience, Declared, Later, done, shown


def _shown(path: str, module: str, name: str, audience: Audience = Audience.COORDINATOR) -> Declared:
    return shown(path, Later(f"workshops.desk.{module}", name), audience=audience)


def _done(path: str, module: str, name: str) -> Declared:
    return done(path, Later(f"workshops.desk.{module}", name), audience=Audience.COORDINATOR)


ROUTES: tuple[Declared, ...] = (
    _shown("/desk", "week_routes", "desk", Audience.STAFF),
    _shown("/desk/invitations", "invitation_routes", "invitations"),
    _done("/desk/invitations", "invitation_routes", "make_invitation"),
    _shown("/desk/runs/{session_id:id}", "run_routes", "run_evening", Audience.FACILITATOR),
    _shown("/desk/sessions/new", "session_routes", "new_session"),
    _done("/desk/sessions/new", "session_routes", "add_session"),
    _shown("/desk/sessions/{session_id:id}", "session_routes", "edit_session"),
    _done("/desk/sessions/{session_id:id}", "session_routes", "change_session"),
    _done("/desk/sessions/{session_id:id}/publish", "session_routes", "publish_session"),
    _done("/desk/sessions/{session_id:id}/text", "session_routes", "move_text_on"),
    _shown("/desk/sessions/{session_id:id}/cancel", "session_routes", "ask_cancel"),
    _done("/desk/sessions/{session_id:id}/cancel", "session_routes", "cancel_session"),
    _shown("/desk/slips", "slip_routes", "slips"),
    _done("/desk/slips", "slip_routes", "print_slips"),
    _done("/desk/slips/{batch_id:id}/withdraw", "slip_routes", "withdraw_slips"),
    _shown("/desk/sessions/{session_id:id}/places", "caller_routes", "caller_form"),
    _done("/desk/sessions/{session_id:id}/places", "caller_routes", "take_for_callers"),
    _done("/desk/freeze", "site_routes", "freeze"),
    _done("/desk/thaw", "site_routes", "thaw"),
    _done("/desk/clock", "site_routes", "confirm_clock"),
    _shown("/desk/delete", "site_routes", "ask_delete"),
    _done("/desk/delete", "site_routes", "delete_soon"),
    _done("/desk/delete/stop", "site_routes", "stop_deleting"),
    *TEXTS,
    _shown("/desk/venues", "venue_routes", "venues"),
    _shown("/desk/venues/new", "venue_routes", "new_venue"),
    _done("/desk/venues/new", "venue_routes", "add_venue"),
    _shown("/desk/venues/{venue_id:id}", "venue_routes", "edit_venue"),
    _done("/desk/venues/{venue_id:id}", "venue_routes", "change_venue"),
    _done("/desk/areas", "venue_routes", "add_area"),
)
