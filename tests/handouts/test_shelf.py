from pathlib import Path

import pytest

from workshops.handouts.shelf import Shelf, is_whole, key_of

PRINT = b"%PDF-1.7\n" + b"x" * 91 + b"\n%%EOF\n"


def test_a_print_is_found_again_by_another_process(tmp_path: Path) -> None:
    Shelf(tmp_path).keep("a", PRINT)

    assert Shelf(tmp_path).find("a") == PRINT
    assert Shelf(tmp_path).find("b") is None


def test_a_print_that_was_written_only_in_part_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PRINT[:50])

    assert Shelf(tmp_path).find("a") is None
    assert [is_whole(PRINT), is_whole(b""), is_whole(PRINT[5:])] == [True, False, False]


def test_the_shelf_stays_within_its_bytes_and_the_least_used_goes_first(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, limit=3 * len(PRINT))
    for name in "abc":
        shelf.keep(name, PRINT)
    shelf.find("a")

    shelf.keep("d", PRINT)

    assert names(tmp_path) == ["a.pdf", "c.pdf", "d.pdf"]


def test_what_an_earlier_process_left_goes_before_what_this_one_used(tmp_path: Path) -> None:
    Shelf(tmp_path).keep("old", PRINT)
    shelf = Shelf(tmp_path, limit=2 * len(PRINT))

    shelf.keep("new", PRINT)
    shelf.keep("newer", PRINT)

    assert names(tmp_path) == ["new.pdf", "newer.pdf"]


def test_finding_a_print_leaves_no_trace_of_the_time(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.keep("a", PRINT)
    before = (tmp_path / "a.pdf").stat()

    shelf.find("a")

    after = (tmp_path / "a.pdf").stat()
    assert (after.st_mtime_ns, after.st_ctime_ns) == (before.st_mtime_ns, before.st_ctime_ns)


def test_half_written_files_are_taken_away(tmp_path: Path) -> None:
    (tmp_path / ".half-left-by-a-crash").write_bytes(b"%PDF")

    Shelf(tmp_path).keep("a", PRINT)

    assert names(tmp_path) == ["a.pdf"]


def test_a_disk_that_cannot_be_written_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "prints").write_text("a file where the folder should be")

    Shelf(tmp_path / "prints").keep("a", PRINT)

    assert Shelf(tmp_path / "prints").find("a") is None


@pytest.mark.parametrize(("html", "edition"), [("<p>b", "1"), ("<p>a", "2")])
def test_another_text_or_other_fonts_give_another_key(html: str, edition: str) -> None:
    assert key_of(html, edition) != key_of("<p>a", "1")
    assert key_of("<p>a", "1") == key_of("<p>a", "1")


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())
