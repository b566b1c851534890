"""The addresses of texts; what answers them reads YAML and Markdown, and is loaded when it is first asked for."""

from importlib import import_module
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from workshops.web.table import Audience, Declared, Handler, done, shown

LONGEST_FORM = 6_000_000  # bytes: what is longer than any text still comes back as it was typed, with its fault
COORDINATOR = Audience.COORDINATOR


def _in(module: str, name: str) -> Handler:
    """A handler of one of the modules beside this one: a start has no tenth of a second to load them."""

    async def answer(request: Request[Any]) -> Response:
        handler: Handler = getattr(import_module(f"workshops.desk.{module}"), name)
        return await handler(request)

    answer.__name__ = name
    return answer


def _shown(path: str, module: str, name: str) -> Declared:
    return shown(path, _in(module, name), audience=COORDINATOR)


def _done(path: str, module: str, name: str) -> Declared:
    return done(path, _in(module, name), audience=COORDINATOR, body_limit=LONGEST_FORM)


LISTS, EDITING, PUBLISHING = "text_list_routes", "text_edit_routes", "text_publish_routes"
BEGINNING, EXCHANGE = "text_begin_routes", "text_exchange_routes"
SHEETS, CONTACTS, OVERVIEWS = "sheet_routes", "sheet_fact_routes", "overview_routes"

ROUTES: tuple[Declared, ...] = (
    _shown("/desk/texts", LISTS, "texts"),
    _shown("/desk/texts/archive", EXCHANGE, "export_texts"),
    _done("/desk/texts/archive", EXCHANGE, "import_texts"),
    _shown("/desk/texts/translations", OVERVIEWS, "translations"),
    _shown("/desk/texts/report", OVERVIEWS, "text_report"),
    _shown("/desk/texts/new", BEGINNING, "new_text"),
    _done("/desk/texts/new", BEGINNING, "begin_text"),
    _shown("/desk/texts/{text:id}", LISTS, "text"),
    _shown("/desk/texts/{text:id}/revisions/{number}", LISTS, "text_revision"),
    _shown("/desk/texts/{text:id}/release", LISTS, "text_release"),
    _shown("/desk/texts/{text:id}/units/{unit:id}", EDITING, "edit_unit"),
    _done("/desk/texts/{text:id}/units/{unit:id}", EDITING, "save_unit"),
    _shown("/desk/texts/{text:id}/file", EDITING, "edit_file"),
    _done("/desk/texts/{text:id}/file", EDITING, "save_file"),
    _done("/desk/texts/{text:id}/publish", PUBLISHING, "publish_text"),
    _done("/desk/texts/{text:id}/answer", PUBLISHING, "answer_for_text"),
    _done("/desk/texts/{text:id}/restore", PUBLISHING, "restore_revision"),
    _done("/desk/texts/{text:id}/released", PUBLISHING, "use_released"),
    _done("/desk/texts/{text:id}/release", PUBLISHING, "accept_release"),
    _shown("/desk/sheets/{text:id}", SHEETS, "edit_sheet"),
    _done("/desk/sheets/{text:id}", SHEETS, "save_sheet"),
    _shown("/desk/sheets/{text:id}/contacts/new", CONTACTS, "new_fact"),
    _done("/desk/sheets/{text:id}/contacts/new", CONTACTS, "add_fact"),
    _shown("/desk/sheets/{text:id}/contacts/{fact:id}", CONTACTS, "edit_fact"),
    _done("/desk/sheets/{text:id}/contacts/{fact:id}", CONTACTS, "save_fact"),
)
