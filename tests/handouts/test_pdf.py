"""The prints of every curriculum that ships, read by programs that share no code with WeasyPrint."""

import asyncio
import re
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from tests.handouts.evenings import BODY, make_evening
from tests.shipped import shipped
from workshops.curricula.rules import BlockKind, Curriculum
from workshops.handouts.documents import Guide, Handout, Printable
from workshops.handouts.press import Press
from workshops.handouts.shelf import Shelf
from workshops.handouts.state import Prints

pytestmark = pytest.mark.needs("prints", "poppler", "qpdf")

NAMES = ("handout", "guide")


@pytest.fixture(scope="module")
def curriculum() -> Curriculum:
    found = shipped().get("know-your-rights", "en")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def prints(curriculum: Curriculum, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """Both prints of a complete curriculum, as files."""
    folder = tmp_path_factory.mktemp("prints")
    arabic = make_evening(
        BODY.replace("Welcome to this room.", "مساء الخير. نلتقي الساعة"), neutral_title="أمسية معلومات", language="ar"
    )
    documents: Mapping[str, Printable] = {
        "handout": Handout(curriculum),
        "guide": Guide(curriculum),
        "arabic": Guide(arabic),
    }
    return {name: printed(document, folder / f"{name}.pdf") for name, document in documents.items()}


def printed(document: Printable, file: Path) -> Path:
    file.write_bytes(asyncio.run(Prints(Press(), Shelf(file.parent / "shelf")).pdf(document)))
    return file


@pytest.mark.parametrize("name", [*NAMES, "arabic"])
def test_qpdf_finds_no_fault(prints: Mapping[str, Path], name: str) -> None:
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", str(prints[name]))


@pytest.mark.parametrize("name", NAMES)
def test_the_structure_is_tagged_with_headings_lists_and_tables(prints: Mapping[str, Path], name: str) -> None:
    structure = run("pdfinfo", "-struct", str(prints[name]))

    tags = set(re.findall(r"^ *([A-Z]\w*)", structure, re.MULTILINE))
    assert {"Document", "H1", "H2", "H3", "P", "L", "LI"} <= tags
    assert ("Table" in tags) == (name == "guide")


@pytest.mark.parametrize("name", [*NAMES, "arabic"])
def test_every_font_is_embedded(prints: Mapping[str, Path], name: str) -> None:
    fonts = run("pdffonts", str(prints[name])).splitlines()[2:]

    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts)
    assert all("Noto" in line for line in fonts)


@pytest.mark.parametrize("name", NAMES)
def test_the_metadata_holds_the_neutral_title_and_nothing_else(
    prints: Mapping[str, Path], name: str, curriculum: Curriculum
) -> None:
    with pikepdf.open(prints[name]) as pdf:
        info = {key: str(value) for key, value in pdf.docinfo.items() if key != "/Producer"}
        with pdf.open_metadata() as metadata:
            described = {key: str(value) for key, value in metadata.items()}
        language = str(pdf.Root.Lang)

    assert info == {"/Title": curriculum.neutral_title}
    assert language == "en"
    assert described.pop("{http://www.aiim.org/pdfua/ns/id/}part") == "1"
    assert described.pop("{http://purl.org/dc/elements/1.1/}title") == curriculum.neutral_title
    assert all("roducer" in key or "language" in key for key in described)


@pytest.mark.parametrize("name", NAMES)
def test_no_path_and_no_date_is_in_the_file(prints: Mapping[str, Path], name: str, tmp_path: Path) -> None:
    run("qpdf", "--qdf", "--object-streams=disable", str(prints[name]), str(tmp_path / "plain.pdf"))

    plain = (tmp_path / "plain.pdf").read_bytes()

    for trace in (b"file:", b"/home", b"/work", b"/usr", b"/tmp", b"CreationDate", b"ModDate", b"/Author"):
        assert trace not in plain


def test_bookmarks_name_the_parts_and_never_the_topic(prints: Mapping[str, Path], curriculum: Curriculum) -> None:
    with pikepdf.open(prints["handout"]) as pdf, pdf.open_outline() as outline:
        bookmarks = [item.title for item in outline.root]

    assert "Our agreement" in bookmarks
    assert curriculum.title not in bookmarks


def test_the_guide_says_what_to_say_and_the_handout_does_not(
    prints: Mapping[str, Path], curriculum: Curriculum
) -> None:
    guide, handout = text(prints["guide"]), text(prints["handout"])

    says = [block for unit in curriculum.units for block in unit.blocks if block.kind is BlockKind.SAY]
    openings = [squeezed(block.text)[:40] for block in says]
    assert openings
    assert [opening for opening in openings if opening not in guide] == []
    assert [opening for opening in openings if opening in handout] == []


def test_the_run_sheet_stands_on_page_one(prints: Mapping[str, Path], curriculum: Curriculum) -> None:
    first_page = text(prints["guide"], "-l", "1", "-layout")

    assert [unit.title for unit in curriculum.units if squeezed(unit.title) not in first_page] == []
    for expected in ("Standard", "1:30", "2:00", "Word of the evening", "Last bus or train"):
        assert squeezed(expected) in first_page


@pytest.mark.parametrize("name", NAMES)
def test_every_page_has_its_footer_and_it_names_no_topic(
    prints: Mapping[str, Path], name: str, curriculum: Curriculum
) -> None:
    pages = run("pdftotext", "-layout", str(prints[name]), "-").rstrip("\f").split("\f")

    for number, page in enumerate(pages, 1):
        footer = page.strip().splitlines()[-1]
        expected = f"{curriculum.neutral_title} Version {curriculum.version}, draft {number}/{len(pages)}"
        assert " ".join(footer.split()) == expected


@pytest.mark.parametrize("name", NAMES)
def test_prints_are_black_only(prints: Mapping[str, Path], name: str, tmp_path: Path) -> None:
    run("qpdf", "--qdf", "--object-streams=disable", str(prints[name]), str(tmp_path / "plain.pdf"))

    colours = re.findall(rb"^(.*) (rg|RG|g|G|k|K|sc|SC|scn|SCN)$", (tmp_path / "plain.pdf").read_bytes(), re.MULTILINE)

    assert {colour for colour, _ in colours} <= {b"0 0 0", b"0"}


def test_prints_fetch_nothing_and_show_no_local_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("PLANTED-7351")
    pictures = "\n".join(f"![x]({address})" for address in (secret.as_uri(), "http://127.0.0.1:9/x.png", secret))
    attempts = f'{pictures}\n[a]({secret.as_uri()}) <img src="{secret.as_uri()}"> <link rel=attachment href="{secret}">'
    evening = make_evening()
    (unit, *others) = evening.units
    hostile = type(unit.blocks[1])(BlockKind.PARTICIPANT, {}, attempts, 1)
    # The reader refuses such a text; this stands for one that gets past it.
    tampered = replace(evening, units=(replace(unit, blocks=(hostile,)), *others))

    file = printed(Handout(tampered), tmp_path / "handout.pdf")

    with pikepdf.open(file) as pdf:
        kinds = {str(each.get("/Subtype")) for each in pdf.objects if isinstance(each, pikepdf.Dictionary)}
        assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {})
    assert "/Image" not in kinds
    assert "PLANTED-7351" not in text(file)
    run("qpdf", "--qdf", "--object-streams=disable", str(file), str(tmp_path / "plain.pdf"))
    assert b"/S /URI" not in (tmp_path / "plain.pdf").read_bytes()


def squeezed(words: str) -> str:
    """Letters and digits alone: line ends, hyphens and marks fall differently on paper."""
    return re.sub(r"\W+", "", words)


def text(file: Path, *options: str) -> str:
    return squeezed(run("pdftotext", *options, str(file), "-"))


def run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
