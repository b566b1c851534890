"""Coordinators write local sheets in plain forms: what they type is a file like any other, and nothing is lost."""

from dataclasses import replace
from typing import Any

import pytest

from tests.client import Client
from tests.curricula.sheets import FACT, facts_of, overlay_of
from tests.desk.browser import FormReader, StaffBrowser
from tests.desk.texts.small import newest, publish_unoffered, saved
from workshops.curricula.facts_reading import read_facts
from workshops.curricula.law_cards import HELP
from workshops.curricula.local_facts import LocalFacts
from workshops.curricula.models import Revision
from workshops.curricula.overlay_reading import read_overlay
from workshops.curricula.overlays import Overlay
from workshops.curricula.paths import fact_word, text_id
from workshops.curricula.sheet_parts import SheetParts, facts_parts
from workshops.curricula.texts import SheetPlace
from workshops.desk.texts.sheet_fact_forms import facts_in

pytestmark = pytest.mark.data

OVERLAY, FACTS = "rest-and-routine/overlays/north.en.md", "local/north.en.yaml"
SHEET, CONTACTS = f"/desk/sheets/{text_id(OVERLAY)}", f"/desk/sheets/{text_id(FACTS)}"
NEW = f"{CONTACTS}/contacts/new"
LINE = f"{CONTACTS}/contacts/{fact_word('line')}"
FILLED = {
    "label": "North",
    "country": "de",
    "covers": "Who may ask what; not papers.",
    "citizens": "yes",
    "slot-local-help": "**Here** the night bell is rung twice.",
    "enforcement_note": "Paper and practice differ.",
    "s0-title": 'An "act": #1',
    "s0-organisation": "A state",
    "s0-provision": "part 2",
    "s0-address": "https://example.org/act",
    "s0-read_on": "2026-10-20",
    "status": "valid",
    "law_as_of": "2026-10-15",
    "law_last_reviewed": "2026-11-01",
    "reviewer_role": "solicitor",
    "reviewer_organisation": "an advice centre",
    "second_reader": "a group of peers",
}
CONTACT = {"kind": "support", "name": "The line", "helps_with": "somebody to talk to", "phone": "000 00"}


async def begin(coordinator: StaffBrowser, kind: str, text: str = "") -> None:
    """A sheet as somebody begins it; with the text that somebody else gave it since."""
    curriculum = "rest-and-routine" if kind == "overlay" else ""
    new = {"kind": kind, "curriculum": curriculum, "area": "north", "language": "en"}
    begun = await coordinator.post("/desk/texts/new", new)
    assert begun.headers["location"] == (SHEET if kind == "overlay" else CONTACTS)
    if text:
        path = OVERLAY if kind == "overlay" else FACTS
        await coordinator.send(f"/desk/texts/{text_id(path)}/file", text=text)


async def sheet() -> Overlay:
    read = read_overlay(
        await newest(), file=OVERLAY, place=SheetPlace("rest-and-routine", "north", "en"), slots=["local-help"]
    )
    assert isinstance(read, Overlay), read
    return read


async def contacts() -> LocalFacts:
    read = read_facts(await newest(), file=FACTS, place=SheetPlace("", "north", "en"))
    assert isinstance(read, LocalFacts), read
    return read


async def test_a_sheet_filled_in_as_a_form_is_a_file_that_reads(coordinator: StaffBrowser, other: StaffBrowser) -> None:
    await begin(coordinator, "overlay")

    answer = await coordinator.send(SHEET, **FILLED, words="first")
    here = f"/desk/texts/{text_id(OVERLAY)}"
    own, theirs = await publish_unoffered(coordinator, here), await other.send(here, f"{here}/publish")

    found = await sheet()
    assert (answer.status_code, answer.headers["location"]) == (303, here)
    assert (found.status.value, found.jurisdiction.country, str(found.expires_on)) == ("valid", "DE", "2027-05-01")
    assert (found.applies_to, found.sources[0].title) == (("citizens",), 'An "act": #1')
    assert found.texts == {"local-help": "**Here** the night bell is rung twice."}
    assert (await saved())[-1] == (2, "robin", "Wording: first")
    assert (own.status_code, theirs.status_code) == (409, 303)


async def test_the_form_shows_what_is_saved_and_changes_nothing_by_itself(coordinator: StaffBrowser) -> None:
    text = overlay_of(expires_on="2027-05-01").replace("---\n", "---\n# Kept by two.\n", 1)
    await begin(coordinator, "overlay", text)

    form = await coordinator.form(SHEET)
    unchanged = await coordinator.send(SHEET)
    untouched = await newest()
    await coordinator.send(SHEET, covers="Less.")

    assert (form["label"], form["s0-provision"], form["expires_on"]) == (["North"], ["part 2"], ["2027-05-01"])
    assert form["slot-local-help"] == ["**Here** the night bell is rung twice."]
    assert (unchanged.status_code, untouched) == (303, text)
    assert (await sheet()).covers == "Less."
    assert "# Kept by two." in await newest()


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("label", "", "This field is needed."),
        ("country", "D1", "Write two letters"),
        ("law_as_of", "yesterday", "Write a day as year"),
        ("law_as_of", "2026-11-02", "comes after the review"),
        ("expires_on", "2027-11-02", "at most twelve months later"),
        ("reviewer_role", "", "Only a draft may leave this out."),
        ("reviewer_role", "a@example.org", "holds an e-mail address"),
        ("citizens", None, "Tick at least one."),
        ("s0-address", "javascript:alert(1)", "is no web address"),
        ("s0-title", "", "This field is needed."),
        ("slot-local-help", "one\n::: law-slot {id=x}", "No line may begin with three colons."),
        ("slot-local-help", "one\n<script>alert(1)</script>", "HTML has no place"),
        ("slot-local-help", "", "Write at least one of these texts."),
        ("status", "other", "not known"),
        ("covers", "x" * 601, "This is too long"),
        ("covers", "a\x00b", "invisible characters"),
    ],
)
async def test_a_fault_is_said_at_its_field_and_nothing_typed_is_lost(
    coordinator: StaffBrowser, name: str, typed: str | None, said: str
) -> None:
    await begin(coordinator, "overlay")
    fields: dict[str, Any] = {**FILLED, name: typed}

    answer = await coordinator.send(SHEET, **fields)

    form = FormReader(answer.text).forms[SHEET]
    assert answer.status_code == 422
    assert said in answer.text
    if name != "covers":
        assert f'href="#{name}"' in answer.text
    shown = {key: form.get(key, [None])[0] for key in fields if key != "status"}
    assert {key: value for key, value in shown.items() if "\x00" not in (fields[key] or "")} == {
        key: value for key, value in fields.items() if key != "status" and "\x00" not in (value or "")
    }
    assert len(await saved()) == 1


async def test_another_source_is_one_press_without_script(coordinator: StaffBrowser) -> None:
    await begin(coordinator, "overlay")

    more = await coordinator.send(SHEET, **FILLED, more="yes")
    form = FormReader(more.text).forms[SHEET]
    second = {f"s1-{name}": FILLED[f"s0-{name}"] for name in ("organisation", "provision", "address", "read_on")}
    await coordinator.post(SHEET, {**form, **second, "s1-title": "Another act"})
    both = [each.title for each in (await sheet()).sources]
    await coordinator.send(SHEET, **{f"s0-{name}": "" for name in ("title", *(n.removeprefix("s1-") for n in second))})

    assert more.status_code == 200
    assert (form["label"], form["s1-title"]) == (["North"], [""])
    assert both == ['An "act": #1', "Another act"]
    assert [each.title for each in (await sheet()).sources] == ["Another act"]


async def test_a_sheet_can_be_kept_unfinished_but_not_published(coordinator: StaffBrowser, other: StaffBrowser) -> None:
    await begin(coordinator, "overlay")

    told = await coordinator.send(SHEET, label="North", covers="Half")
    form = FormReader(told.text).forms[SHEET]
    kept = await coordinator.post(SHEET, {**form, "anyway": "yes"})
    here = f"/desk/texts/{text_id(OVERLAY)}"
    published = await publish_unoffered(other, here)

    assert (told.status_code, kept.status_code, published.status_code) == (422, 303, 409)
    assert (await coordinator.form(SHEET))["covers"] == ["Half"]


async def test_looking_first_shows_the_card_as_it_will_be_printed(coordinator: StaffBrowser) -> None:
    await begin(coordinator, "overlay")

    answer = await coordinator.send(SHEET, **FILLED, look="yes")

    assert answer.status_code == 200
    assert "<strong>Here</strong> the night bell is rung twice." in answer.text
    assert "Information, not advice." in answer.text
    assert "2027-05-01" in answer.text
    assert len(await saved()) == 1


async def test_while_typing_only_the_look_is_sent(coordinator: StaffBrowser) -> None:
    await begin(coordinator, "overlay")
    fields = {**await coordinator.form(SHEET), **FILLED, "look": "yes"}
    coordinator._headers |= {"hx-request": "true", "hx-target": "section#look"}  # noqa: SLF001 (as htmx sends them)

    answer = await coordinator.post(SHEET, fields)

    assert answer.text.strip().startswith('<section id="look"')
    assert "Information, not advice." in answer.text


async def test_the_second_at_a_sheet_sees_the_difference_and_keeps_what_they_typed(
    coordinator: StaffBrowser, other: StaffBrowser
) -> None:
    await begin(coordinator, "overlay", overlay_of())
    mine, theirs = await coordinator.form(SHEET), await other.form(SHEET)
    await coordinator.post(SHEET, {**mine, "covers": "Theirs."})

    told = await other.post(SHEET, {**theirs, "covers": "Mine."})
    form = FormReader(told.text).forms[SHEET]
    again = await other.post(SHEET, form)

    assert told.status_code == 409
    assert "Theirs." in told.text
    assert form["covers"] == ["Mine."]
    assert again.status_code == 303
    assert (await sheet()).covers == "Mine."


async def test_what_was_typed_stays_when_the_sheet_was_broken_meanwhile(
    coordinator: StaffBrowser, other: StaffBrowser
) -> None:
    await begin(coordinator, "overlay", overlay_of())
    mine = await coordinator.form(SHEET)
    await other.send(f"/desk/texts/{text_id(OVERLAY)}/file", text="broken")

    told = await coordinator.post(SHEET, {**mine, "covers": "Mine."})

    assert told.status_code == 409
    assert FormReader(told.text).forms[SHEET]["covers"] == ["Mine."]


async def test_a_contact_that_was_saved_says_what_is_left_to_do(coordinator: StaffBrowser) -> None:
    await begin(coordinator, "facts")
    before = (await coordinator.get(CONTACTS)).text

    await coordinator.send(NEW, **CONTACT)
    without = (await coordinator.get(CONTACTS)).text
    await coordinator.send(CONTACTS, label="North")
    named = (await coordinator.get(CONTACTS)).text

    assert "The place has no name yet" in before
    assert "waits for another coordinator" in without
    assert f'href="/desk/texts/{text_id(FACTS)}">See what waits</a>' in without
    assert ("The place has no name yet" in without, "The place has no name yet" in named) == (True, False)


async def test_where_a_contact_stands_is_asked_by_topics_and_where_to_get_help_first(
    coordinator: StaffBrowser, client: Client
) -> None:
    await begin(coordinator, "facts")
    library = client.state["library"]
    (topic,) = library.catalogue.curricula["rest-and-routine"].values()
    several = replace(topic, overlays=("local-help", HELP))
    library._catalogue = replace(library.catalogue, curricula={topic.id: {"en": several}})  # noqa: SLF001 (two places)

    page = (await coordinator.get(NEW)).text
    await coordinator.send(NEW, **CONTACT, **{"fills-local-help": "yes"})
    name = facts_in(facts_parts(await newest()) or SheetParts({}))[0]["id"]
    again = (await coordinator.get(f"{CONTACTS}/contacts/{fact_word(name)}")).text

    assert page.index(f'name="fills-{HELP}"') < page.index("<details>") < page.index('name="fills-local-help"')
    assert "Rest and routine</span></summary>" in page
    assert 'Rest and routine</span> (<bdi dir="ltr">1</bdi>)</summary>' in again
    assert "<details open>" in again


@pytest.mark.parametrize(
    "text", ["broken", overlay_of("::: law-slot {id=a}\nx\n:::\n::: law-slot {id=a}\ny\n:::"), overlay_of() + "stray"]
)
async def test_what_a_form_would_lose_is_edited_as_a_whole(coordinator: StaffBrowser, text: str) -> None:
    await begin(coordinator, "overlay", text)

    answer = await coordinator.get(SHEET)

    assert (answer.status_code, answer.headers["location"]) == (303, f"/desk/texts/{text_id(OVERLAY)}/file")


async def test_checked_again_today_fills_in_the_days_of_a_review(coordinator: StaffBrowser) -> None:
    await begin(coordinator, "overlay", overlay_of())

    form = FormReader((await coordinator.get(f"{SHEET}?again=yes")).text).forms[SHEET]

    assert (form["law_last_reviewed"], form["expires_on"]) == (["2026-10-23"], ["2027-04-23"])
    assert form["note"] == ["After a review"]


async def test_a_withdrawn_sheet_has_its_day(coordinator: StaffBrowser) -> None:
    await begin(coordinator, "overlay", overlay_of(law_last_reviewed="2026-10-20"))

    await coordinator.send(SHEET, status="withdrawn")

    assert str((await sheet()).withdrawn_on) == "2026-10-23"


async def test_contacts_are_added_changed_and_taken_out_one_by_one(coordinator: StaffBrowser) -> None:
    await begin(coordinator, "facts")
    await coordinator.send(CONTACTS, label="North")

    added = [await coordinator.post(NEW, {**await coordinator.form(NEW), **CONTACT}) for _ in range(2)]
    two = await coordinator.send(NEW, **CONTACT | {"name": "Den anden"}, **{"fills-local-help": "yes"})
    both = await contacts()
    word = fact_word(both.facts[0].id)
    changed = await coordinator.send(f"{CONTACTS}/contacts/{word}", phone="", languages="en, es")
    first = (await contacts()).facts[0]
    removed = await coordinator.send(f"{CONTACTS}/contacts/{word}", remove="yes")

    assert [each.status_code for each in (*added, two, changed, removed)] == [303] * 5
    assert [(each.id, each.fills) for each in both.facts] == [("the-line", ()), ("den-anden", ("local-help",))]
    assert (first.phone, first.languages) == (None, ("en", "es"))
    assert [each.name for each in (await contacts()).facts] == ["Den anden"]
    assert "Den anden" in (await coordinator.get(CONTACTS)).text


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("name", "", "This field is needed."),
        ("kind", "other", "This field is needed."),
        ("phone", "ask Sam!", "wrong form"),
        ("web", "ftp://x", "is no web address"),
        ("languages", "english", "wrong form"),
        ("checked_on", "1.1.2026", "Write a day as year"),
        ("expires_on", "2027-11-24", "at most twelve months later"),
        ("expires_on", "2026-10-01", "at most twelve months later"),
    ],
)
async def test_a_fault_of_a_contact_is_said_at_its_field(
    coordinator: StaffBrowser, name: str, typed: str, said: str
) -> None:
    await begin(coordinator, "facts", facts_of())

    answer = await coordinator.send(LINE, **{name: typed})

    assert answer.status_code == 422
    assert said in answer.text
    assert f'href="#{name}"' in answer.text
    assert len(await saved()) == 2


async def test_a_fault_of_another_contact_stops_nobody(coordinator: StaffBrowser) -> None:
    await begin(coordinator, "facts", facts_of({}, {"id": "other", "phone": '"ask Sam!"'}))

    answer = await coordinator.send(LINE, name="The long line")

    assert answer.status_code == 303
    assert "The long line" in await newest()


async def test_two_who_edit_different_contacts_both_get_through(coordinator: StaffBrowser, other: StaffBrowser) -> None:
    await begin(coordinator, "facts", facts_of({}, {"id": "bell", "name": '"The bell"'}))
    bell = f"{CONTACTS}/contacts/{fact_word('bell')}"
    mine, theirs = await coordinator.form(LINE), await other.form(bell)

    answers = [
        await coordinator.post(LINE, {**mine, "name": "My line"}),
        await other.post(bell, {**theirs, "name": "Their bell"}),
    ]

    assert [each.status_code for each in answers] == [303, 303]
    assert [each.name for each in (await contacts()).facts] == ["My line", "Their bell"]


async def test_the_second_at_a_contact_sees_what_is_saved_and_keeps_what_they_typed(
    coordinator: StaffBrowser, other: StaffBrowser
) -> None:
    await begin(coordinator, "facts", facts_of())
    mine, theirs = await coordinator.form(LINE), await other.form(LINE)
    await coordinator.post(LINE, {**mine, "name": "My line"})

    told = await other.post(LINE, {**theirs, "name": "Their line"})
    form = FormReader(told.text).forms[LINE]
    again = await other.post(LINE, form)

    assert told.status_code == 409
    assert "My line" in told.text
    assert form["name"] == ["Their line"]
    assert again.status_code == 303
    assert [each.name for each in (await contacts()).facts] == ["Their line"]


async def test_a_contact_that_is_gone_can_be_added_again(coordinator: StaffBrowser, other: StaffBrowser) -> None:
    await begin(coordinator, "facts", facts_of({}, {"id": "bell", "name": '"The bell"'}))
    theirs = await other.form(LINE)
    await coordinator.send(LINE, remove="yes")

    told = await other.post(LINE, {**theirs, "name": "Their line"})
    again = await other.post(NEW, FormReader(told.text).forms[NEW])

    assert (told.status_code, again.status_code) == (409, 303)
    assert [each.name for each in (await contacts()).facts] == ["The bell", "Their line"]


async def test_a_contact_is_shown_as_it_will_be_printed(coordinator: StaffBrowser) -> None:
    await begin(coordinator, "facts", facts_of())

    answer = await coordinator.send(LINE, look="yes", hours="always")

    assert answer.status_code == 200
    assert "Open: always." in answer.text
    assert FACT["phone"].strip('"') in answer.text


async def test_only_coordinators_open_forms_of_sheets(
    client: Client, coordinator: StaffBrowser, facilitator: StaffBrowser
) -> None:
    await begin(coordinator, "overlay", overlay_of())
    await begin(coordinator, "facts", facts_of())

    for path in (SHEET, CONTACTS, NEW, LINE):
        assert (await coordinator.get(path)).status_code == 200
        assert (await facilitator.get(path)).status_code == 404
        assert (await client.get(path)).status_code == 303
    gone = await coordinator.get(f"{CONTACTS}/contacts/00000000")
    assert (gone.status_code, gone.headers["location"]) == (303, CONTACTS)
    for nowhere in ("/desk/sheets/00000000", f"{SHEET}/contacts/new"):
        assert (await coordinator.get(nowhere)).status_code == 404
    assert (await coordinator.get(f"/desk/sheets/{text_id('rest-and-routine/en.md')}")).status_code == 404
    assert await Revision.filter(published=True).count() == 0


async def test_naming_an_area_and_taking_a_contact_out_say_so_by_themselves(coordinator: StaffBrowser) -> None:
    await begin(coordinator, "facts", facts_of())
    line = f"{CONTACTS}/contacts/{fact_word((await contacts()).facts[0].id)}"

    await coordinator.send(CONTACTS, label="The north side")
    await coordinator.send(line, note="", words="", remove="yes")

    assert [note for *_, note in await saved()][2:] == ["Name of the area", "Contact taken out"]
