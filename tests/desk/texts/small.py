"""A small library of one evening, for coordinators to edit; and what was saved of it."""

from dataclasses import replace

from httpx2 import Response

from tests.client import Client
from tests.curricula.written import curriculum_text
from tests.desk.browser import StaffBrowser
from workshops.curricula.models import Revision
from workshops.curricula.paths import text_id, unit_word
from workshops.curricula.rules import short_id

PATH = "rest-and-routine/en.md"
TEXT = curriculum_text(review="{peer: 2026-01-02, content: null, next_due: 2026-10-01}")
HERE = f"/desk/texts/{text_id(PATH)}"
WHOLE = f"{HERE}/file"
START, MIDDLE = f"{HERE}/units/{unit_word('start')}", f"{HERE}/units/{unit_word('m1')}"
TOPIC = f"/topics/{short_id('rest-and-routine')}"
SAY = "Welcome. Nobody has to say a name."


def as_kept(text: str, version: str = "0.1.1") -> str:
    """A text as saving it in a form leaves it: with the version that follows."""
    return text.replace("version: 0.1.0", f"version: {version}", 1)


async def saved() -> list[tuple[int, str, str]]:
    return [(each.number, each.handle, each.note) for each in await Revision.all().order_by("number")]


async def newest() -> str:
    revision = await Revision.all().order_by("-number").select_related("edition").first()
    return revision.edition.text if revision else ""


async def publish(coordinator: StaffBrowser) -> int:
    return (await coordinator.send(HERE, f"{HERE}/publish")).status_code


async def publish_unoffered(coordinator: StaffBrowser, here: str) -> Response:
    """Publish what was saved last although the page of the text offers no button for it."""
    action, revisions = f"{here}/publish", await Revision.all().order_by("-number")
    assert f'action="{action}"' not in (await coordinator.get(here)).text
    newest = next(each for each in revisions if here.endswith(text_id(each.path)))
    return await coordinator.post(action, {"number": str(newest.number)})


def release(client: Client, text: str) -> None:
    """Let a later release have brought another file."""
    library = client.state["library"]
    files = dict(library.released.files)
    files[PATH] = replace(files[PATH], text=text)
    library.released = replace(library.released, files=files)
