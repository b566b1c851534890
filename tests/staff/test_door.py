import re
from datetime import timedelta
from http.cookies import SimpleCookie

import httpx2
import pytest

from tests.staff.conftest import House
from tests.staff.people import FACILITATOR, NOW, PASSWORD, CountingHasher, make_account
from workshops.staff.actions import invite
from workshops.staff.models import Account, BrowserSession, Invitation
from workshops.web.forms import FIELD_LIMIT

RIGHT = {"handle": "Robin", "password": PASSWORD}
ODD = ["ro\0bin", "ro\u202ebin", "\x1b[2J", "z" * 30_000]


async def test_signing_in_leads_to_the_desk_and_the_gate_knows_who_it_is(house: House) -> None:
    account = await make_account("robin")
    browser = house.browser()

    answer = await browser.post("/staff", data=RIGHT)

    assert (answer.status_code, answer.headers["location"]) == (303, "/elsewhere/desk")
    room = await browser.get("/room/facilitator")
    assert room.json() == {"handle": "robin", "account": account.id, "roles": ["facilitator"]}


async def test_over_http_on_this_machine_the_cookie_has_a_plain_name(house: House) -> None:
    await make_account("robin")

    for address in ("http://localhost:8000", "http://127.0.0.1:8000", "http://[::1]:8000"):
        morsel = cookie_of(await house.browser(address).post("/staff", data=RIGHT))

        assert morsel == ("workshops", {"httponly": True, "samesite": "strict", "path": "/"})


async def test_over_https_the_cookie_is_bound_to_the_host_and_secure(house: House) -> None:
    await make_account("robin")

    morsel = cookie_of(await house.browser("https://evenings.example").post("/staff", data=RIGHT))

    flags = {"httponly": True, "samesite": "strict", "path": "/", "secure": True}
    assert morsel == ("__Host-workshops", flags)


@pytest.mark.parametrize("path", ["/staff", "/staff/invitation"])
async def test_over_http_across_a_network_nobody_is_asked_for_a_password(house: House, path: str) -> None:
    await make_account("robin")
    browser = house.browser("http://evenings.example")

    answers = [await browser.get(path), await browser.post(path, data=RIGHT)]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert "https" in answers[0].text
    assert 'type="password"' not in "".join(answer.text for answer in answers)
    assert not any("set-cookie" in answer.headers for answer in answers)


async def test_the_plain_cookie_opens_nothing_over_https(house: House) -> None:
    await make_account("robin")
    browser = house.browser()
    await browser.post("/staff", data=RIGHT)
    token = browser.cookies["workshops"]

    answer = await house.browser("https://localhost", cookie=f"workshops={token}").get("/room/staff")

    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("handle", "password", "active"),
    [("robin", "lamp otter seven", True), ("nobody", PASSWORD, True), ("robin", PASSWORD, False)],
)
async def test_a_wrong_handle_a_wrong_password_and_a_suspended_account_look_the_same(
    house: House, handle: str, password: str, *, active: bool
) -> None:
    await make_account("robin", active=active)

    answer = await house.browser().post("/staff", data={"handle": handle, "password": password})

    assert answer.status_code == 409
    assert faults_of(answer) == {
        "password": "This handle and this password do not belong together. Try again: nobody is ever locked out."
    }
    assert value_of(answer, "handle") == handle
    assert password not in answer.text
    assert "set-cookie" not in answer.headers


async def test_an_unread_form_comes_back_with_its_faults_and_no_password(house: House) -> None:
    answer = await house.browser().post("/staff", data={"handle": "robin", "password": ""})

    assert answer.status_code == 422
    assert faults_of(answer) == {"password": "This field is needed."}
    assert value_of(answer, "handle") == "robin"


async def test_signing_in_again_replaces_the_browser_session_of_this_browser(house: House) -> None:
    await make_account("robin")
    await make_account("kim")
    browser = house.browser()
    await browser.post("/staff", data=RIGHT)

    await browser.post("/staff", data={"handle": "kim", "password": PASSWORD})

    assert (await browser.get("/room/staff")).json()["handle"] == "kim"
    assert await BrowserSession.all().count() == 1


async def test_who_is_signed_in_is_not_asked_again(house: House) -> None:
    await make_account("robin")
    browser = house.browser()
    await browser.post("/staff", data=RIGHT)

    answer = await browser.get("/staff")

    assert (answer.status_code, answer.headers["location"]) == (303, "/elsewhere/desk")


async def test_the_door_speaks_the_language_of_its_address(house: House) -> None:
    await make_account("robin")

    answer = await house.browser().post("/es/staff", data=RIGHT)

    assert answer.headers["location"] == "/es/elsewhere/desk"


async def test_signing_out_deletes_row_and_cookie_and_clears_the_browser(house: House) -> None:
    await make_account("robin")
    browser = house.browser()
    await browser.post("/staff", data=RIGHT)
    token = browser.cookies["workshops"]

    answer = await browser.post("/staff/leave")

    assert (answer.status_code, answer.headers["location"]) == (303, "/staff")
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert await BrowserSession.all().count() == 0
    assert "workshops" not in browser.cookies
    assert (await house.browser(cookie=f"workshops={token}").get("/room/staff")).status_code == 303


async def test_a_browser_session_ends_within_thirteen_hours(house: House) -> None:
    await make_account("robin")
    browser = house.browser()
    await browser.post("/staff", data=RIGHT)

    house.now = NOW + timedelta(hours=13)

    assert (await browser.get("/room/staff")).status_code == 303


async def test_an_invitation_becomes_an_account_that_is_signed_in(house: House) -> None:
    token = await invite(house.vault, FACILITATOR, NOW)
    browser = house.browser()
    form = {"code": " ".join(token.groups).upper(), "handle": "Robin", "password": PASSWORD}

    answer = await browser.post("/staff/invitation", data=form)

    assert (answer.status_code, answer.headers["location"]) == (303, "/elsewhere/desk")
    assert (await browser.get("/room/staff")).json()["handle"] == "robin"
    assert await Invitation.all().count() == 0


async def test_a_used_code_and_a_taken_handle_come_back_with_all_but_the_password(house: House) -> None:
    await make_account("kim")
    token = await invite(house.vault, FACILITATOR, NOW)
    code = "-".join(token.groups)
    browser = house.browser()

    taken = await browser.post("/staff/invitation", data={"code": code, "handle": "kim", "password": PASSWORD})
    await browser.post("/staff/invitation", data={"code": code, "handle": "robin", "password": PASSWORD})
    used = await browser.post("/staff/invitation", data={"code": code, "handle": "alex", "password": PASSWORD})

    assert (taken.status_code, used.status_code) == (409, 409)
    assert (list(faults_of(taken)), list(faults_of(used))) == (["handle"], ["code"])
    assert (value_of(taken, "code"), value_of(taken, "handle")) == (code, "kim")
    assert PASSWORD not in taken.text + used.text
    assert await Account.all().count() == 2


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", ["code", "handle", "password"])
async def test_odd_and_endless_text_in_any_field_is_a_fault_and_costs_no_check(
    house: House, hasher: CountingHasher, name: str, odd: str
) -> None:
    await make_account("robin")
    form = {"code": "0k1mq-7abcd-2efgh-34567", "handle": "robin", "password": PASSWORD, name: odd}
    browser = house.browser()

    paths = ["/staff/invitation"] if name == "code" else ["/staff", "/staff/invitation"]
    answers = [await browser.post(path, data=form) for path in paths]

    assert [answer.status_code for answer in answers] == [422] * len(paths)
    assert [list(faults_of(answer)) for answer in answers] == [[name]] * len(paths)
    assert hasher.work == []


@pytest.mark.parametrize("path", ["/staff", "/staff/invitation"])
async def test_too_many_fields_and_too_much_text_are_refused_before_anything_is_read(house: House, path: str) -> None:
    browser = house.browser()
    many = "&".join(f"f{each}=x" for each in range(10_000))
    few_too_many = "&".join(f"f{each}=x" for each in range(FIELD_LIMIT + 1))
    urlencoded = {"content-type": "application/x-www-form-urlencoded"}

    answers = [
        await browser.post(path, content=content, headers=urlencoded)
        for content in (many, few_too_many, "handle=" + "z" * 1_000_000)
    ]

    assert [answer.status_code for answer in answers] == [413, 413, 413]


@pytest.mark.parametrize("charset", ["unicode_escape", "raw_unicode_escape", "punycode", "undefined"])
async def test_a_form_in_a_charset_that_decodes_to_no_text_is_refused(house: House, charset: str) -> None:
    part = b'--B\r\nContent-Disposition: form-data; name="handle"\r\n\r\nx\\ud800\r\n--B--\r\n'
    headers = {"content-type": f"multipart/form-data; boundary=B; charset={charset}"}

    answer = await house.browser().post("/staff", content=part, headers=headers)

    assert answer.status_code == 415


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"sec-fetch-site": "none"}]
)
async def test_no_other_site_signs_anybody_in(house: House, headers: dict[str, str]) -> None:
    await make_account("robin")

    for path in ("/staff", "/staff/invitation"):
        answer = await house.browser().post(path, data=RIGHT, headers=headers)

        assert answer.status_code == 403
        assert await BrowserSession.all().count() == 0


async def test_a_post_that_does_not_say_whose_page_it_comes_from_signs_nobody_in(house: House) -> None:
    await make_account("robin")
    browser = house.browser()
    del browser.headers["sec-fetch-site"]

    silent = await browser.post("/staff", data=RIGHT)
    ours = await browser.post("/staff", data=RIGHT, headers={"origin": "http://localhost"})

    assert (silent.status_code, ours.status_code) == (403, 303)


@pytest.mark.parametrize("cookie", ["workshops=", "workshops=" + "x" * 5_000, "workshops=\x80\xff", "; ;=;workshops"])
async def test_an_odd_cookie_is_nobodys(house: House, cookie: str) -> None:
    answer = await house.browser().get("/room/staff", headers=[(b"cookie", cookie.encode("latin-1"))])

    assert (answer.status_code, answer.headers["location"]) == (303, "/staff")


async def test_looking_at_the_door_sets_no_cookie_and_is_kept_nowhere(house: House) -> None:
    for path in ("/staff", "/staff/invitation"):
        answer = await house.browser().get(path)

        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
        assert answer.headers["cache-control"] == "no-store"
        assert answer.text.count("<h1>") == 1


def cookie_of(answer: httpx2.Response) -> tuple[str, dict[str, object]]:
    """The name and the flags of the one cookie an answer sets."""
    (line,) = answer.headers.get_list("set-cookie")
    ((name, morsel),) = SimpleCookie(line).items()
    return name, {flag: value for flag, value in morsel.items() if value}


def faults_of(answer: httpx2.Response) -> dict[str, str]:
    """The faults beside their fields."""
    found = re.findall(r'<p class="fault" id="(\w+)-fault"><span[^>]*>!</span> ([^<]*)</p>', answer.text)
    linked = re.findall(r'<li><a href="#(\w+)">', answer.text)
    assert linked == [name for name, _ in found]
    return dict(found)


def value_of(answer: httpx2.Response, name: str) -> str:
    found = re.search(rf'<input type="text" id="{name}"[^>]* value="([^"]*)"', answer.text)
    return found[1] if found else ""


async def test_who_comes_in_is_told_that_texts_keep_their_handle(house: House) -> None:
    page = (await house.browser().get("/staff/invitation")).text

    assert "keep your handle and the day for as long as their history stays" in page
