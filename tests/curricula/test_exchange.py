"""Texts leave and come back byte for byte; an archive with anything else in it is refused whole."""

import os
import stat
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshops.curricula.exchange import ArchiveRefused, packed, read_folder, unpacked, write_folder

PATHS = ("evening/en.md", "evening/overlays/town.en.md", "local/town.en.yaml", "sources.yaml", "evening/pt-BR.md")
ODD = "\ufeffone\r\ntwo\n\nthree\r"
TEXTS = {path: f"{path}\n" for path in PATHS} | {"evening/en.md": ODD, "evening/es.md": ""}


def archive(*entries: tuple[str | ZipInfo, bytes], method: int = ZIP_DEFLATED) -> bytes:
    packing = BytesIO()
    with ZipFile(packing, "w", method) as written:
        for name, content in entries:
            written.writestr(name, content)
    return packing.getvalue()


def entry(name: str = "evening/en.md", mode: int = stat.S_IFREG | 0o644) -> ZipInfo:
    made = ZipInfo(name)
    made.external_attr = mode << 16
    return made


def with_name(name: bytes) -> bytes:
    """An archive whose only name was changed afterwards, as no packing program would let anybody."""
    return archive(("x" * len(name), b"text")).replace(b"x" * len(name), name)


def encrypted() -> bytes:
    made = bytearray(archive(("evening/en.md", b"text")))
    made[6] |= 1
    made[made.index(b"PK\x01\x02") + 8] |= 1
    return bytes(made)


def twice() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate name"):
        return archive(("evening/en.md", b"one"), ("evening/en.md", b"two"))


PROSE = b"rest " * 180_000  # 900 KB

BAD: dict[str, Callable[[], bytes]] = {
    "upwards": lambda: archive(("../evening/en.md", b"text")),
    "upwards inside": lambda: archive(("evening/../../en.md", b"text")),
    "upwards folder": lambda: archive(("../", b"")),
    "absolute": lambda: archive(("/evening/en.md", b"text")),
    "absolute folder": lambda: archive(("/etc/", b"")),
    "backslash": lambda: archive(("evening\\en.md", b"text")),
    "drive": lambda: archive(("C:/en.md", b"text")),
    "ends early": lambda: with_name(b"evening/en.md\x00.txt"),
    "link": lambda: archive((entry(mode=stat.S_IFLNK | 0o777), b"/etc/passwd")),
    "device": lambda: archive((entry(mode=stat.S_IFCHR | 0o600), b"")),
    "pipe": lambda: archive((entry(mode=stat.S_IFIFO | 0o600), b"")),
    "bomb": lambda: archive(("evening/en.md", b"a" * 900_000)),
    "too long": lambda: archive(("evening/en.md", os.urandom(1_000_001))),
    "too many": lambda: archive(*((f"evening{number}/en.md", b"text") for number in range(1001))),
    "too much": lambda: archive(*((f"e{number}/en.md", PROSE) for number in range(40)), method=ZIP_STORED),
    "twice": twice,
    "other case": lambda: archive(("evening/en.md", b"one"), ("Evening/en.md", b"two")),
    "encrypted": encrypted,
    "not UTF-8": lambda: archive(("evening/en.md", "é".encode("latin-1"))),
    "nothing can keep": lambda: archive(("evening/en.md", b"a\x00b")),
    "no name": lambda: with_name(b"\x00evening/en.md"),
    "unknown": lambda: archive(("evening/en.md", b"text"), ("README.md", b"text")),
    "unknown kind": lambda: archive(("evening/en.py", b"text")),
    "page": lambda: archive(("evening/en.html", b"text")),
    "no language": lambda: archive(("evening/english.md", b"text")),
    "other packing": lambda: archive(("evening/en.md", b"text"), method=ZIP_BZIP2),
    "broken": lambda: archive(("evening/en.md", b"text"), method=ZIP_STORED).replace(b"text", b"tent"),
    "cut": lambda: archive(("evening/en.md", b"text"))[:-10],
    "no archive": lambda: b"text",
    "nothing": lambda: b"",
}


def test_texts_come_back_byte_for_byte(tmp_path: Path) -> None:
    write_folder(TEXTS, tmp_path / "texts")

    assert unpacked(packed(TEXTS)) == TEXTS
    assert read_folder(tmp_path / "texts") == TEXTS
    assert (tmp_path / "texts" / "evening" / "en.md").read_bytes() == ODD.encode()


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from(PATHS), st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
)
def test_any_texts_come_back(texts: dict[str, str]) -> None:
    assert unpacked(packed(texts)) == texts


def test_the_same_texts_give_the_same_archive_without_days_and_names() -> None:
    first, again = packed(TEXTS), packed(dict(reversed(TEXTS.items())))

    assert first == again
    with ZipFile(BytesIO(first)) as read:
        assert {each.date_time for each in read.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {(each.comment, each.extra) for each in read.infolist()} == {(b"", b"")}


def test_folders_in_an_archive_are_passed_over() -> None:
    assert unpacked(archive(("evening/", b""), ("evening/en.md", b"text"))) == {"evening/en.md": "text"}


@pytest.mark.filterwarnings("default:Duplicate name")
@pytest.mark.parametrize("name", BAD)
def test_an_archive_with_anything_else_is_refused_whole_in_a_clear_line(name: str) -> None:
    made = BAD[name]()

    with pytest.raises(ArchiveRefused, match=r"^Nothing was taken in: .+\.$") as refusal:
        unpacked(made)

    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 200


def test_an_encrypted_text_is_called_so() -> None:
    with pytest.raises(ArchiveRefused, match="is encrypted"):
        unpacked(encrypted())


def test_many_folders_are_too_many_things(tmp_path: Path) -> None:
    with pytest.raises(ArchiveRefused, match="more than 1000 files"):
        unpacked(archive(*((f"{number}/", b"") for number in range(1001))))


def test_a_folder_of_many_texts_is_refused(tmp_path: Path) -> None:
    write_folder({f"evening{number}/en.md": "text" for number in range(1001)}, tmp_path)

    with pytest.raises(ArchiveRefused, match="more than 1000 files"):
        read_folder(tmp_path)


def test_a_directory_of_many_thousand_files_is_refused() -> None:
    made = archive(*((f"{number}", b"") for number in range(60_000)))

    with pytest.raises(ArchiveRefused):
        unpacked(made)


@settings(deadline=None)
@given(st.binary(max_size=300), st.integers(0, 400))
def test_any_bytes_are_texts_or_refused(noise: bytes, at: int) -> None:
    made = packed({"evening/en.md": "text" * 20})

    try:
        unpacked(made[:at] + noise + made[at:])
    except ArchiveRefused:
        return


STRANGE: dict[str, Callable[[Path], object]] = {
    "link.md": lambda path: path.symlink_to("/etc/passwd"),
    "pipe.md": os.mkfifo,
    "notes.txt": lambda path: path.touch(),
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_folder_with_links_or_strange_files_is_refused_whole(tmp_path: Path, name: str) -> None:
    write_folder(TEXTS, tmp_path / "texts")
    STRANGE[name](tmp_path / "texts" / "evening" / name)

    with pytest.raises(ArchiveRefused):
        read_folder(tmp_path / "texts")


@pytest.mark.parametrize("above", ["", "our texts/"])
def test_what_a_computer_packs_beside_and_around_texts_is_passed_over(above: str) -> None:
    left = (".DS_Store", "evening/.DS_Store", "Thumbs.db", "evening/desktop.ini")
    files = [(above + path, text.encode()) for path, text in TEXTS.items()]
    odd = [*((above + path, b"x") for path in left), (f"__MACOSX/{above}evening/._en.md", b"x")]

    assert unpacked(archive(*odd, *files)) == TEXTS


@pytest.mark.parametrize(
    "names",
    [("one/evening/en.md", "two/evening/en.md"), ("one/two/evening/en.md",), ("one/evening/en.md", "one/x.exe")],
)
def test_a_folder_around_something_else_is_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(ArchiveRefused, match="no place where a text stands"):
        unpacked(archive(*((name, b"text") for name in names)))


def test_hidden_files_of_a_folder_are_left_out_and_a_full_one_is_not_written_to(tmp_path: Path) -> None:
    write_folder(TEXTS, tmp_path / "texts")
    (tmp_path / "texts" / ".git").mkdir()
    (tmp_path / "texts" / ".git" / "HEAD").touch()

    assert read_folder(tmp_path / "texts") == TEXTS
    with pytest.raises(ArchiveRefused):
        write_folder(TEXTS, tmp_path / "texts")
