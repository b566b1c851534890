"""What tests of private calendars share: a person who makes an address and a program that asks it."""

import re

import httpx2

from tests.client import BASE, Client, Form, inspect

PLAIN = {"accept-encoding": "identity"}


async def feed_form(client: Client, code: str, prefix: str = "") -> Form:
    """The form that makes an address, on the page that explains it first."""
    page = await client.post(f"{prefix}/place/calendar", {"code": code})
    assert page.status_code == 200, page.text
    return form_on(page)


def form_on(page: httpx2.Response) -> Form:
    (form,) = (each for each in inspect(page.text).forms if each.action.endswith("/place/calendar/make"))
    return form


def address_on(page: httpx2.Response) -> str:
    """The path of the address that an answer shows; empty where it shows none."""
    found = re.search(rf'<p class="address" dir="ltr">{BASE}(\S+)</p>', page.text)
    return found[1] if found else ""


async def make_feed(client: Client, code: str, title: str = "meeting", prefix: str = "") -> str:
    form = await feed_form(client, code, prefix)
    address = address_on(await client.post(form.action, {**form.fields, "title": title}))
    assert address
    return address


async def read(client: Client, address: str) -> list[dict[str, str]]:
    """The entries at an address, each as its lines."""
    answer = await client.get(address, headers=PLAIN)
    assert answer.status_code == 200
    entries = answer.text.replace("\r\n ", "").split("BEGIN:VEVENT\r\n")[1:]
    return [dict(line.split(":", 1) for line in each.split("END:VEVENT")[0].splitlines()) for each in entries]
