from tests.client import BASE, Client, inspect
from tests.staff.people import COORDINATOR
from workshops.settings import Settings
from workshops.staff.actions import invite
from workshops.staff.models import Account, BrowserSession
from workshops.vault import open_vault


async def test_somebody_invited_comes_in_leaves_and_comes_back_through_the_whole_house(
    client: Client, settings: Settings
) -> None:
    vault = open_vault(settings.key_dir)
    assert vault is not None
    token = await invite(vault, COORDINATOR, client.clock())
    ours = {"headers": {"origin": BASE}}

    page = inspect((await client.get("/staff/invitation")).text)
    form = page.forms[0]
    typed = {"code": token.value, "handle": "Robin", "password": "lamp otter seven bridge"}
    came = await client.post(form.action, {**form.fields, **typed}, **ours)
    desk = await client.get(came.headers["location"])
    left = await client.post("/staff/leave", {}, **ours)
    outside = await client.get(came.headers["location"])
    back = await client.post("/staff", typed, **ours)

    assert [answer.status_code for answer in (came, desk, left, outside, back)] == [303, 200, 303, 303, 303]
    assert outside.headers["location"] == "/staff"
    assert back.headers["location"] == came.headers["location"]
    assert (await Account.get(handle="robin")).roles == COORDINATOR
    assert await BrowserSession.all().count() == 1
