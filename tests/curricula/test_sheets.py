"""Local sheets in a folder: what the catalogue and `workshops check` make of them."""

from datetime import date
from pathlib import Path

import pytest

from tests.curricula.sheets import facts_of, overlay_of
from tests.curricula.test_library import broken, folder, write
from tests.curricula.written import curriculum_text
from tests.shipped import said_of_shipped, shipped
from workshops.curricula.check import check
from workshops.curricula.kept import digest_of, read_or_kept
from workshops.curricula.library import read_catalogue
from workshops.curricula.overlays import Overlay
from workshops.curricula.texts import texts_in
from workshops.settings import ROOT

__all__ = ["folder"]

TODAY = date(2026, 11, 23)
OVERLAY = Path("rest-and-routine", "overlays", "north.en.md")
FACTS = Path("local", "north.en.yaml")


def test_overlays_and_local_facts_are_in_the_catalogue(folder: Path) -> None:
    write(folder / OVERLAY, overlay_of())
    write(folder / FACTS, facts_of())

    catalogue = read_catalogue(texts_in(folder))

    assert catalogue.broken == ()
    assert [(each.curriculum, each.area, each.language) for each in catalogue.overlays] == [
        ("rest-and-routine", "north", "en")
    ]
    assert [(each.area, each.language) for each in catalogue.facts] == [("north", "en")]


def test_a_broken_sheet_is_listed_and_stops_nothing(folder: Path) -> None:
    write(folder / OVERLAY, overlay_of(status="expired"))
    write(folder / FACTS, "")

    catalogue = read_catalogue(texts_in(folder))

    assert list(catalogue.curricula) == ["another", "rest-and-routine"]
    assert broken(catalogue) == {
        "curricula/rest-and-routine/overlays/north.en.md": ["`status` has a value that is not known"],
        "curricula/local/north.en.yaml": ["there are no fields"],
    }


def test_a_broken_curriculum_leaves_its_overlays_readable(folder: Path) -> None:
    write(folder / "rest-and-routine" / "en.md", "no curriculum")
    write(folder / OVERLAY, overlay_of())

    assert [type(each) for each in read_catalogue(texts_in(folder)).overlays] == [Overlay]


def test_an_overlay_fills_only_slots_that_its_curriculum_lists(folder: Path) -> None:
    write(folder / "rest-and-routine" / "en.md", curriculum_text(overlays="[local-help, more]"))
    write(folder / OVERLAY, overlay_of().replace("local-help", "other"))

    assert broken(read_catalogue(texts_in(folder))) == {
        "curricula/rest-and-routine/overlays/north.en.md": ["`rest-and-routine` lists no law slot `other`"]
    }


@pytest.mark.parametrize("name", ["north.md", "north.es.md", "south.en.md"])
def test_the_name_of_an_overlay_says_its_area_and_its_language(name: str, folder: Path) -> None:
    write(folder / OVERLAY.parent / name, overlay_of())

    (faults,) = broken(read_catalogue(texts_in(folder))).values()
    assert all(fault.endswith("but the file stands elsewhere") for fault in faults)


def test_no_curriculum_is_called_as_the_folder_of_local_facts(folder: Path) -> None:
    write(folder / "local" / "en.md", curriculum_text(id="local"))

    assert broken(read_catalogue(texts_in(folder))) == {"curricula/local/en.md": ["`id` is the folder of local facts"]}


def test_a_sheet_that_changes_is_read_anew(folder: Path, tmp_path: Path) -> None:
    write(folder / OVERLAY, overlay_of())
    write(folder / FACTS, facts_of())
    before = read_or_kept(texts_in(folder), tmp_path / "data")
    digest = digest_of(texts_in(folder), {})

    write(folder / OVERLAY, overlay_of(covers="Other things"))
    write(folder / FACTS, facts_of(label="Other"))
    after = read_or_kept(texts_in(folder), tmp_path / "data")

    assert digest_of(texts_in(folder), {}) != digest
    assert (before.overlays[0].covers, after.overlays[0].covers) == ("Who may ask what; not papers.", "Other things")
    assert (before.facts[0].label, after.facts[0].label) == ("North", "Other")
    assert after == read_catalogue(texts_in(folder)) == read_or_kept(texts_in(folder), tmp_path / "data")


@pytest.mark.parametrize(
    ("changed", "line", "seen"),
    [
        ({"status": "draft"}, 5, "it is a draft and prints nowhere"),
        ({"expires_on": "2026-11-23"}, 15, "it expired on 2026-11-23 and prints nowhere"),
        ({"expires_on": "2026-11-24"}, 15, "it expires on 2026-11-24, in 1 day"),
        ({"expires_on": "2027-01-22"}, 15, "it expires on 2027-01-22, in 60 days"),
        (
            {"law_as_of": "2026-05-20", "law_last_reviewed": "2026-05-24"},
            9,
            "it expires on 2026-11-24, in 1 day",
        ),
        (
            {"law_last_reviewed": "2026-11-24"},
            9,
            "it was reviewed on 2026-11-24, which is to come, and prints nowhere until then",
        ),
        (
            {"status": "withdrawn", "withdrawn_on": "2026-11-20"},
            5,
            "it is withdrawn: guides ask to take its prints back",
        ),
    ],
)
def test_what_ends_soon_or_prints_nowhere_is_noted(
    changed: dict[str, str | None], line: int, seen: str, folder: Path
) -> None:
    write(folder / OVERLAY, overlay_of(**changed))

    notes = [(each.line, each.seen) for each in check(folder, today=TODAY).notes if "overlays" in each.file]

    assert notes == [(line, seen)]


def test_an_overlay_far_from_its_end_is_not_noted(folder: Path) -> None:
    write(folder / OVERLAY, overlay_of(expires_on="2027-01-23"))
    write(folder / FACTS, facts_of({"fills": "[local-help]", "expires_on": "2027-01-23"}))

    assert [note for note in check(folder, today=TODAY).notes if "north" in note.file] == []


def test_empty_slots_and_sheets_that_nothing_shows_are_noted(folder: Path) -> None:
    write(folder / "rest-and-routine" / "en.md", curriculum_text(overlays="[local-help, more]"))
    write(folder / OVERLAY, overlay_of())
    write(folder / OVERLAY.with_name("north.fr.md"), overlay_of(language="fr").replace("local-help", "more"))

    notes = [each.seen for each in check(folder, today=TODAY).notes if "overlays" in each.file]

    assert notes == [
        "it leaves `more` empty",
        "there is no `fr.md` that reads",
        "it leaves `local-help` empty",
    ]


def test_an_area_of_the_site_without_any_sheet_is_noted(folder: Path) -> None:
    write(folder / FACTS, facts_of({"fills": "[local-help]"}))

    def noted(area: str) -> bool:
        return f"WORKSHOPS_AREA is `{area}`, of which there is no sheet" in str(check(folder, today=TODAY, area=area))

    assert [noted("nort"), noted("north")] == [True, False]


def test_numbers_are_noted_each_in_its_line(folder: Path) -> None:
    facts = facts_of(
        {"fills": "[local-help]", "expires_on": "2026-11-30"},
        {"id": "old", "fills": "[local-help]", "checked_on": "2026-01-01"},
        {"id": "early", "fills": "[nowhere]", "checked_on": "2026-12-01", "phone": None},
    )
    write(folder / FACTS, facts)

    notes = [(each.line, each.seen) for each in check(folder, today=TODAY).notes if "local/" in each.file]

    lines = facts.split("\n")
    assert notes == [
        (lines.index("  - id: line") + 1, "`line` expires on 2026-11-30, in 7 days"),
        (lines.index("  - id: old") + 1, "`old` expired on 2026-07-01 and prints nowhere"),
        (lines.index("  - id: early") + 1, "`early` has no phone and no web"),
        (lines.index("  - id: early") + 1, "`early` was checked on 2026-12-01, to come"),
        (lines.index("  - id: early") + 1, "no curriculum has a slot `nowhere`"),
    ]


def test_the_sheets_of_the_manual_are_valid(tmp_path: Path) -> None:
    manual = (ROOT / "docs" / "curricula.md").read_text("utf-8")
    library = tmp_path / "curricula"
    write(library / "rest-and-routine" / "en.md", manual.split("```text\n")[1].split("```")[0])
    write(library / "sources.yaml", manual.split("```yaml\n")[1].split("```")[0])
    chapter = manual.split("## Local sheets")[1]
    overlay, facts = (chapter.split(f"```{kind}\n")[1].split("```")[0] for kind in ("markdown", "yaml"))
    write(library / "rest-and-routine" / "overlays" / "sampletown.en.md", overlay)
    write(library / "local" / "sampletown.en.yaml", facts.replace("help-here, crisis-lines", "local-help"))

    assert str(check(library, today=TODAY)) == ""


def test_the_sample_that_ships_fills_every_slot_of_its_curriculum_and_is_made_up() -> None:
    catalogue = shipped()
    report = said_of_shipped()

    (sample,) = catalogue.overlays
    (facts,) = catalogue.facts
    curriculum = catalogue.get(sample.curriculum, sample.language)
    assert curriculum is not None
    assert set(sample.texts) == set(curriculum.overlays)
    assert all("made-up" in text for text in sample.texts.values())
    assert (sample.sample, facts.sample) == (True, True)
    assert all("SAMPLE" in fact.phone for fact in facts.facts if fact.phone)
    assert "sampletown" not in str(report)
