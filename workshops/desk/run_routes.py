"""The page from which somebody runs an evening: the word for the door, the way, what to arrange, the run sheet."""

from starlette.requests import Request
from starlette.responses import Response

from workshops.curricula.rules import Form
from workshops.curricula.state import CurriculaState
from workshops.desk.pages import RunPage
from workshops.desk.views import ask_of, runs_of
from workshops.errors import Absent
from workshops.handouts.documents import Guide
from workshops.schedule.staff_queries import sessions_run_by
from workshops.schedule.views import curriculum_of
from workshops.web.answers import answer


async def run_evening(request: Request[CurriculaState]) -> Response:
    """One evening, for those who run it and nobody else."""
    ask, session_id = ask_of(request), request.path_params["session_id"]
    mine = await sessions_run_by(request.scope["account_id"], ask.now)
    session = next((each for each in mine if each.id == session_id), None)
    if session is None:
        raise Absent
    (run,) = await runs_of([session], ask)
    curriculum = curriculum_of(session, ask)
    return answer(request, RunPage(run, Guide(curriculum, Form(session.form)) if curriculum else None))
