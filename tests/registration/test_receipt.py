"""The receipt: checking what was written down, and what becomes of a number that is lost."""

from datetime import timedelta

import pytest

from tests.client import Client, Form, Receipt, inspect
from tests.make import make_session
from workshops.registration.models import Place, UsedNonce
from workshops.schedule.models import Session

pytestmark = pytest.mark.data

RIGHT, COMPARE = "That is right", "These are not the last four digits"


def check_form(receipt: Receipt) -> Form:
    return next(form for form in inspect(receipt.response.text).forms if form.action.endswith("/check"))


async def test_the_last_four_digits_are_right_in_any_script_and_anything_else_is_compared(client: Client) -> None:
    receipt = await client.take(await make_session())
    form, last = check_form(receipt), receipt.code[-4:]
    arabic = " ".join(chr(0x0660 + int(digit)) for digit in last)

    said = [
        (await client.post_form(form, last=typed)).response.text
        for typed in (last, arabic, receipt.code[:4] + "0", "", "x" + last, "\0")
    ]

    assert [RIGHT in text for text in said] == [True, True, False, False, False, False]
    assert [COMPARE in text for text in said] == [False, False, True, True, True, True]


async def test_checking_shows_the_same_receipt_and_changes_nothing(client: Client) -> None:
    session = await make_session()
    receipt = await client.take(session)
    before = [await model.all().values() for model in (Place, UsedNonce, Session)]

    checked = await client.post_form(check_form(receipt), last=receipt.code[-4:])

    assert checked.code == receipt.code
    assert checked.placed
    assert len(checked.response.content) == len(receipt.response.content)
    assert [await model.all().values() for model in (Place, UsedNonce, Session)] == before


async def test_a_form_that_gave_no_place_is_not_made_to_give_one_by_checking(client: Client) -> None:
    session = await make_session()
    form = await client.place_form(session)

    checked = await client.post("/sessions/" + session.id + "/check", {**form.fields, "last": "1234"})

    assert "already used" in checked.text
    assert await Place.all().count() == 0


@pytest.mark.parametrize("forgets", ["done", "looked", "cancelled", "half an hour"])
async def test_checking_shows_the_number_no_longer_than_the_form_does(client: Client, forgets: str) -> None:
    receipt = await client.take(await make_session())
    if forgets == "half an hour":
        client.clock.now += timedelta(minutes=31)
    else:
        path = {"done": "/place/done", "looked": "/place", "cancelled": "/place/cancel"}[forgets]
        await client.post(path, {"code": receipt.code})

    checked = await client.post_form(check_form(receipt), last=receipt.code[-4:])

    assert checked.code == ""
    assert receipt.code not in checked.response.text
    assert "already used" in checked.response.text


async def test_a_foreign_form_checks_nothing(client: Client) -> None:
    receipt = await client.take(await make_session())
    other = await make_session()
    form = check_form(receipt)
    form.action = f"/sessions/{other.id}/check"

    checked = await client.post_form(form, last=receipt.code[-4:])

    assert checked.code == ""
    assert RIGHT not in checked.response.text


async def test_who_lost_the_number_is_led_to_a_new_start(client: Client) -> None:
    session = await make_session()
    form = await client.place_form(session)
    receipt = await client.post_form(form)
    await client.open_place(receipt.code)

    used = await client.post_form(form)

    for text in (receipt.response.text, used.response.text):
        assert f'href="/sessions/{session.id}/take"' in text
        assert "Nobody can find it again" in text


async def test_pages_speak_of_a_number_and_never_of_a_code(client: Client) -> None:
    session = await make_session(walk_in_share=2)
    receipt = await client.take(session)
    pages = [receipt.response, *[await client.get(path) for path in (f"/sessions/{session.id}", "/place", "/safety")]]

    assert not any(" code" in inspect_text(page.text) for page in pages)


def inspect_text(html: str) -> str:
    """What a page says, without its tags."""
    return " ".join(part.partition(">")[2] for part in html.split("<"))
