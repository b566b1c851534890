"""Templates are compiled once and kept as code; a disk that cannot be written costs time and nothing else."""

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from workshops.web.rendering import Compiled, own_way


def test_a_template_is_compiled_once_for_all_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    _environment(tmp_path).get_template("page.html")
    later = _environment(tmp_path)
    monkeypatch.setattr(later, "compile", _never)

    text = later.get_template("page.html").render(word="in")

    assert text == "come in"


def test_a_changed_template_is_compiled_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    _environment(tmp_path).get_template("page.html")

    text = _environment(tmp_path, "go {{ word }}").get_template("page.html").render(word="in")

    assert text == "go in"


def test_a_folder_that_cannot_be_written_only_costs_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    nowhere = tmp_path / "no folder"

    text = _environment(nowhere).get_template("page.html").render(word="in")

    assert text == "come in"
    assert not nowhere.exists()


def _environment(folder: Path, source: str = "come {{ word }}") -> Environment:
    return Environment(loader=DictLoader({"page.html": source}), bytecode_cache=Compiled(folder), autoescape=True)


def _never(*_: object) -> None:
    pytest.fail("compiled again")


@pytest.mark.parametrize(
    ("text", "direction"), [("Red cards", "ltr"), ("«حقوق»: A guide", "rtl"), ("2 guides", "ltr"), ("2013", "ltr")]
)
def test_a_title_runs_the_way_its_first_letter_does(text: str, direction: str) -> None:
    assert own_way(text) == f'<bdi dir="{direction}">{text}</bdi>'
