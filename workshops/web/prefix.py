"""A language's prefix is taken off the path before anybody routes by it."""

from collections.abc import Sequence

from starlette.types import ASGIApp, Receive, Scope, Send

from workshops.web.languages import Language, language_named


class LanguagePrefix:
    """Turn `/es/place` into `/place` in Spanish; bare paths are in the default language."""

    def __init__(self, app: ASGIApp, *, languages: Sequence[Language]) -> None:
        self._app = app
        self._languages = languages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            head, _, rest = scope["path"].removeprefix("/").partition("/")
            named = language_named(self._languages[1:], head)
            path = f"/{rest}" if named else scope["path"]
            scope = {**scope, "path": path, "raw_path": path.encode(), "language": named or self._languages[0]}
        await self._app(scope, receive, send)
