"""A browser of somebody who is signed in: opens pages, and sends their forms as they stand or changed."""

from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from typing import Any

import httpx2

from tests.client import Client
from workshops.staff.tokens import Token

Fields = dict[str, list[str]]


class FormReader(HTMLParser):
    """The forms of a page by their actions, with what a browser would send of each that nobody touched."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: dict[str, Fields] = {}
        self._action = ""
        self._name = ""  # of the select or textarea that is open
        self._options: list[tuple[str, bool]] = []
        self._text: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._action = values["action"]
            self.forms[self._action] = {}
        elif tag == "input" and "name" in values:
            if values.get("type") not in {"checkbox", "radio"} or "checked" in values:
                self._send(values["name"], values.get("value", ""))
        elif tag in {"select", "textarea"}:
            self._name, self._options, self._text = values["name"], [], []
        elif tag == "option":
            self._options.append((values["value"], "selected" in values))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._send(self._name, "".join(self._text).removeprefix("\n"))
        elif tag == "select":
            chosen = [value for value, selected in self._options if selected] or [self._options[0][0]]
            self._send(self._name, chosen[0])
        elif tag == "form":
            self._action = ""

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def _send(self, name: str, value: str) -> None:
        if self._action:
            self.forms[self._action].setdefault(name, []).append(value)


class StaffBrowser:
    """Sends the cookie of a browser session, and what browsers say of their own forms."""

    def __init__(self, client: Client, token: Token) -> None:
        self._client = client
        self._headers = {"cookie": f"workshops={token.value}", "sec-fetch-site": "same-origin"}

    async def get(self, path: str) -> httpx2.Response:
        return await self._client.get(path, headers=self._headers)

    async def post(self, path: str, fields: Mapping[str, str | Sequence[str]]) -> httpx2.Response:
        return await self._client.post(path, fields, headers=self._headers)

    async def form(self, path: str, action: str = "") -> Fields:
        """What a form of a page would send."""
        response = await self.get(path)
        assert response.status_code == 200, response.text
        return FormReader(response.text).forms[action or path.partition("?")[0]]

    async def send(self, path: str, action: str = "", **changes: Any) -> httpx2.Response:
        """Open a page, change fields of its form, and send it; None takes a field out."""
        fields: dict[str, Any] = {**await self.form(path, action), **changes}
        sent = {name: value for name, value in fields.items() if value is not None}
        return await self.post(action or path.partition("?")[0], sent)
