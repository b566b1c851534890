"""Static files are named by their bytes; one that was never built is simply not there."""

from pathlib import Path

from tests.client import Client
from workshops.web.static import HTMX, WORKER, StaticFiles


def test_a_file_has_an_address_that_changes_with_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "site.css").write_text("a {}")
    before = StaticFiles(tmp_path).paths["site.css"]
    (tmp_path / "site.css").write_text("b {}")

    assert before != StaticFiles(tmp_path).paths["site.css"]


def test_a_script_that_was_never_built_has_no_address(tmp_path: Path) -> None:
    paths = StaticFiles(tmp_path).paths

    assert (paths[HTMX], paths[WORKER]) == ("", "")


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
