import subprocess
import sys
from pathlib import Path

import anyio
import pytest

from tests.handouts.evenings import make_evening
from workshops.handouts.documents import Guide, Handout, Printable
from workshops.handouts.press import Press, PrintUnavailable
from workshops.handouts.shelf import Shelf
from workshops.handouts.state import Prints, open_prints
from workshops.settings import Settings


class CountingPress(Press):
    """The press, which also counts what it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.rendered = 0

    async def pdf(self, html: str) -> bytes:
        self.rendered += 1
        return await super().pdf(html)


@pytest.mark.needs("prints")
async def test_a_document_is_rendered_once_however_many_ask(tmp_path: Path) -> None:
    press = CountingPress()
    prints = Prints(press, Shelf(tmp_path))
    document = Handout(make_evening())
    bodies: list[bytes] = []

    async def ask() -> None:
        bodies.append(await prints.pdf(document))

    async with anyio.create_task_group() as everybody:
        for _ in range(8):
            everybody.start_soon(ask)

    assert press.rendered == 1
    assert len(bodies) == 8
    assert len(set(bodies)) == 1


@pytest.mark.needs("prints")
async def test_after_a_restart_prints_come_from_the_disk(tmp_path: Path) -> None:
    document = Guide(make_evening())
    before = await Prints(Press(), Shelf(tmp_path)).pdf(document)
    press = CountingPress()

    after = await Prints(press, Shelf(tmp_path)).pdf(document)

    assert (press.rendered, after) == (0, before)


@pytest.mark.needs("prints")
async def test_without_a_writable_disk_prints_are_made_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "prints").write_text("in the way")

    body = await Prints(Press(), Shelf(tmp_path / "prints")).pdf(Handout(make_evening()))

    assert body.startswith(b"%PDF-")


@pytest.mark.needs("prints")
async def test_a_visitor_who_leaves_does_not_end_the_print_of_the_others(tmp_path: Path) -> None:
    press = CountingPress()
    prints = Prints(press, Shelf(tmp_path))
    document = Handout(make_evening())

    with anyio.move_on_after(0.2):
        await prints.pdf(document)

    assert (await prints.pdf(document)).startswith(b"%PDF-")
    assert press.rendered == 1


@pytest.mark.parametrize("what", ["<p>1234 5678", b"%PDF-", {"code": "1234"}, make_evening()])
async def test_nothing_but_a_print_of_a_curriculum_is_taken(what: Printable, tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        await Prints(Press(), Shelf(tmp_path)).pdf(what)

    assert is_empty(tmp_path)


async def test_a_print_that_fails_is_tried_anew_the_next_time(tmp_path: Path) -> None:
    press = Press(seconds=0)
    prints = Prints(press, Shelf(tmp_path))

    for _ in range(2):
        with pytest.raises(PrintUnavailable):
            await prints.pdf(Handout(make_evening()))

    assert is_empty(tmp_path)


async def test_opening_prints_reads_and_starts_nothing(tmp_path: Path) -> None:
    async with open_prints(Settings(data_dir=tmp_path / "data", key_dir=tmp_path / "keys")):
        assert is_empty(tmp_path)


def test_the_program_never_imports_weasyprint_itself() -> None:
    program = "import sys, workshops.handouts.routes; print('weasyprint' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout

    assert said == "False\n"


def is_empty(folder: Path) -> bool:
    return not list(folder.iterdir())
