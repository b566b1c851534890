"""What nobody should send to the forms of texts comes back with all its faults, and nothing is lost or run."""

import httpx2
import pytest

from tests.client import Client
from tests.curricula.sheets import facts_of
from tests.desk.browser import FormReader, StaffBrowser
from tests.desk.texts.small import HERE, SAY, START, TEXT, WHOLE, as_kept, newest, saved
from workshops.curricula.paths import fact_word, text_id

pytestmark = pytest.mark.data

BAD = {
    "html": (TEXT.replace(SAY, "<iframe src=x></iframe>"), "HTML has no place in a text"),
    "script": (TEXT.replace(SAY, "<script>alert(1)</script>"), "HTML has no place in a text"),
    "javascript": (TEXT.replace(SAY, "[x](javascript:alert(1))"), "does not lead to a web page"),
    "picture": (TEXT.replace(SAY, "![x](file:///etc/passwd)"), "pictures have no place"),
    "deep": (TEXT + "::: scenario\n" * 1000, "cannot stand in"),
    "deep lists": (TEXT.replace(SAY, "- " * 900 + "x"), "lists stand too deep"),
    "deep quotes": (TEXT.replace(SAY, ">" * 5000 + "x"), "lists stand too deep"),
    "brackets": (TEXT.replace(SAY, "[" * 9000), "square brackets"),
    "never closed": (TEXT + "::: unit {id=x title=x short=5}\n", "is not closed"),
    "broken yaml": (TEXT.replace("audience: [peers]", "audience: [peers"), ":"),
    "alias bomb": (TEXT.replace("[peers]", "&a [x]\nb: &b [*a, *a]\nc: &c [*b, *b]"), "is an anchor"),
    "twice": (TEXT.replace("{id=habits", "{id=c1"), "c1"),
    "hidden": (TEXT.replace(SAY, "a\u202eb"), "hidden character"),
    "unknown": (TEXT.replace("::: say", "::: sing"), "there is no block `sing`"),
    "minutes": (TEXT.replace("standard=25", "standard=30"), "minutes, not 40"),
    "nothing": ("", "does not start with its fields"),
    "percent": (TEXT.replace(SAY, "%(x)s {{ 7*7 }} {% raw %}") + "::: x\n", "there is no block `x`"),
}
UNKEPT = {"control": TEXT.replace(SAY, "a\x00b"), "long": TEXT + "x" * 5_000_000}


async def send(client: Client, browser: StaffBrowser, **changes: str) -> httpx2.Response:
    """Send the form of the whole text as browsers do: in parts."""
    fields = {name: (None, values[0]) for name, values in (await browser.form(WHOLE)).items()}
    parts = fields | {name: (None, value) for name, value in changes.items()}
    return await client.http.post(WHOLE, files=parts, headers=browser._headers)  # noqa: SLF001 (its forms have no parts)


@pytest.mark.parametrize("name", BAD)
async def test_a_text_with_faults_is_kept_and_says_them_all(
    client: Client, coordinator: StaffBrowser, name: str
) -> None:
    text, fault = BAD[name]

    looked = await send(client, coordinator, text=text, look="yes")
    answer = await send(client, coordinator, text=text)
    pages = [await coordinator.get(path) for path in (HERE, "/desk/texts", f"{HERE}/revisions/1", WHOLE)]

    assert (looked.status_code, answer.status_code) == (200, 303)
    assert fault in looked.text.replace("&#39;", "'")
    assert "Line </bdi>" not in looked.text
    assert [each.status_code for each in pages] == [200] * 4
    assert await newest() == as_kept(text)
    assert "<script>alert" not in looked.text + pages[0].text
    assert 'href="javascript' not in looked.text
    assert "<iframe" not in looked.text


@pytest.mark.parametrize("name", UNKEPT)
async def test_what_cannot_be_kept_comes_back_as_it_was_typed(
    client: Client, coordinator: StaffBrowser, name: str
) -> None:
    answer = await send(client, coordinator, text=UNKEPT[name])

    assert answer.status_code == 422
    assert "cannot be kept" in answer.text
    assert FormReader(answer.text).forms[WHOLE]["text"][0] == UNKEPT[name]
    assert await saved() == []


async def test_a_long_text_in_another_script_can_be_sent(client: Client, coordinator: StaffBrowser) -> None:
    text = TEXT + "مرحبا " * 80_000

    answer = await send(client, coordinator, text=text)

    assert answer.status_code == 303
    assert await newest() == as_kept(text)


async def test_visitors_cannot_send_that_much(client: Client) -> None:
    answer = await client.http.post("/place", data={"code": "1" * 70_000})
    stranger = await client.http.post(WHOLE, files={"text": (None, "x" * 100_000)})

    assert answer.status_code == 413
    assert stranger.status_code in {303, 403}


@pytest.mark.parametrize("seen", ["a\x00b", "f" * 33, "9" * 5000, ""], ids=["control", "long", "longer", "none"])
async def test_a_form_that_remembers_nothing_we_know_is_answered(coordinator: StaffBrowser, seen: str) -> None:
    whole = {**await coordinator.form(WHOLE), "text": [TEXT.replace(SAY, "Come in.")], "seen": [seen]}
    unit = {**await coordinator.form(START), "t0": ["Come in."], "seen": [seen]}

    answers = [await coordinator.post(WHOLE, whole), await coordinator.post(START, unit)]

    assert [each.status_code for each in answers] == [409, 409]
    assert all("Come in." in each.text for each in answers)
    assert await saved() == []


@pytest.mark.parametrize("seen", ["a\x00b", "f" * 33], ids=["control", "long"])
async def test_a_form_of_a_contact_that_remembers_nothing_we_know_is_answered(
    coordinator: StaffBrowser, seen: str
) -> None:
    await coordinator.post("/desk/texts/new", {"kind": "facts", "curriculum": "", "area": "north", "language": "en"})
    path = "local/north.en.yaml"
    await coordinator.send(f"/desk/texts/{text_id(path)}/file", text=facts_of({"id": "bell"}))
    bell = f"/desk/sheets/{text_id(path)}/contacts/{fact_word('bell')}"

    answer = await coordinator.post(bell, {**await coordinator.form(bell), "name": ["Mine"], "seen": [seen]})

    assert answer.status_code == 409
    assert "Mine" in answer.text
