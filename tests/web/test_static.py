"""Static files are named by their bytes; one that was never built is simply not there."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.client import Client
from tests.make import NOW, make_session
from tests.staff.people import COORDINATOR, signed_in_token
from workshops.curricula.paths import text_id
from workshops.settings import Settings
from workshops.web.rendering import Renderer
from workshops.web.static import HTMX, STATIC, WORKER, StaticFiles


def test_a_file_has_an_address_that_changes_with_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "site.css").write_text("a {}")
    before = StaticFiles(tmp_path).paths["site.css"]
    (tmp_path / "site.css").write_text("b {}")

    assert before != StaticFiles(tmp_path).paths["site.css"]


def test_a_script_that_was_never_built_has_no_address(tmp_path: Path) -> None:
    paths = StaticFiles(tmp_path).paths

    assert (paths[HTMX], paths[WORKER]) == ("", "")


@pytest.mark.data(only="sqlite")
async def test_without_what_is_built_for_browsers_the_pages_still_work_plainly(
    client: Client, settings: Settings, tmp_path: Path
) -> None:
    state: Any = client.state
    shutil.copytree(STATIC, tmp_path / "static", ignore=shutil.ignore_patterns("vendor"))
    state["settings"] = settings.model_copy(update={"session_budget": 1})
    state["renderer"] = Renderer(state["renderer"]._path_for, StaticFiles(tmp_path / "static").paths)  # noqa: SLF001 (as it was)
    token = await signed_in_token(state["vault"], "robin", COORDINATOR, NOW)
    session = await make_session(recent_takes=5)
    text = next(iter(state["library"].texts.teaching_files())).file.name.partition("/")[2]

    listed = await client.get("/?lang=en")
    dear = await client.get(f"/sessions/{session.id}/take")
    edited = await client.get(f"/desk/texts/{text_id(text)}/file", headers={"cookie": f"workshops={token.value}"})

    assert {each.status_code for each in (listed, dear, edited)} == {200}
    assert session.id in listed.text
    assert "Many people are asking just now." in dear.text
    assert "work.js" not in dear.text
    assert "filters.js" not in listed.text
    assert "<textarea" in edited.text


async def test_a_static_file_may_be_kept_and_is_answered_304_when_asked_again(client: Client) -> None:
    address = StaticFiles().paths["site.css"]
    first = await client.http.get(address)

    again = await client.http.get(address, headers={"if-none-match": first.headers["etag"]})

    assert first.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert (again.status_code, again.content) == (304, b"")
    assert (await client.http.get("/static/../pyproject.toml")).status_code == 404
    assert (
        await client.http.get("/static/" + address.split("/")[2] + "/%2e%2e/%2e%2e/pyproject.toml")
    ).status_code == 404
