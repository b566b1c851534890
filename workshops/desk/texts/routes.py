"""The addresses of texts; what answers them reads YAML and Markdown."""

from workshops.web.table import Audience, Declared, Later, done, shown

LONGEST_FORM = 6_000_000  # bytes: what is longer than any text still comes back as it was typed, with its fault
COORDINATOR = Audience.COORDINATOR


def _shown(path: str, module: str, name: str) -> Declared:
    return shown(path, Later(f"workshops.desk.texts.{module}", name), audience=COORDINATOR)


def _done(path: str, module: str, name: str) -> Declared:
    return done(path, Later(f"workshops.desk.texts.{module}", name), audience=COORDINATOR, body_limit=LONGEST_FORM)


LISTS, READING, UNITS, FILES, PUBLISHING = (
    "list_routes",
    "reading_routes",
    "unit_routes",
    "file_routes",
    "publish_routes",
)
WORDS, BEGINNING, EXCHANGE = "word_routes", "begin_routes", "exchange_routes"
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
    _shown("/desk/texts/{text:id}/units/{unit:id}", UNITS, "edit_unit"),
    _done("/desk/texts/{text:id}/units/{unit:id}", UNITS, "save_unit"),
    _shown("/desk/texts/{text:id}/words", WORDS, "edit_words"),
    _done("/desk/texts/{text:id}/words", WORDS, "save_words"),
    _shown("/desk/texts/{text:id}/file", FILES, "edit_file"),
    _done("/desk/texts/{text:id}/file", FILES, "save_file"),
    _done("/desk/texts/{text:id}/publish", PUBLISHING, "publish_text"),
    _done("/desk/texts/{text:id}/read", PUBLISHING, "note_reader"),
    _done("/desk/texts/{text:id}/answer", PUBLISHING, "answer_for_text"),
    _done("/desk/texts/{text:id}/restore", PUBLISHING, "restore_revision"),
    _done("/desk/texts/{text:id}/released", PUBLISHING, "use_released"),
    _done("/desk/texts/{text:id}/remove", BEGINNING, "remove_text"),
    _shown("/desk/texts/{text:id}/revisions/{number}/reading", READING, "read_revision"),
    _done("/desk/texts/{text:id}/release", PUBLISHING, "accept_release"),
    _shown("/desk/sheets/{text:id}", SHEETS, "edit_sheet"),
    _done("/desk/sheets/{text:id}", SHEETS, "save_sheet"),
    _shown("/desk/sheets/{text:id}/contacts/new", CONTACTS, "new_fact"),
    _done("/desk/sheets/{text:id}/contacts/new", CONTACTS, "add_fact"),
    _shown("/desk/sheets/{text:id}/contacts/{fact:id}", CONTACTS, "edit_fact"),
    _done("/desk/sheets/{text:id}/contacts/{fact:id}", CONTACTS, "save_fact"),
)
