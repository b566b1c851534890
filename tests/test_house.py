"""What the house promises of itself."""

import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, meta, nodes

import workshops
from tests.shipped import shipped
from workshops.app import TABLE
from workshops.curricula.check import check
from workshops.curricula.wordlists import telling_words
from workshops.database.config import MODELS
from workshops.database.table import Table
from workshops.handouts.documents import Guide, Handout, print_name
from workshops.handouts.typesetting import Typesetter
from workshops.registration.holdings import ELSEWHERE, SUMS, UNTIL, held_columns, sum_columns
from workshops.settings import ROOT, Settings
from workshops.web.languages import read_languages
from workshops.web.rendering import TEMPLATES, Renderer
from workshops.web.table import Later

PACKAGE = Path(workshops.__file__).parent
GLOBALS = {
    "path",
    "static",
    "language_name",
    "gettext",
    "ngettext",
    "_",
    "frame",
    "range",
    "dict",
    "namespace",
    "loop",
    "_trans",
}
AROUND_A_PRINT = re.compile(r"<title>.*?</title>|<div class=\"running-(?:title|version)\">.*?</div>", re.DOTALL)
TITLES = re.compile(r"{% block title %}(.*?){% endblock %}", re.DOTALL)
EXPOSED = re.compile(r"\b(right|sex|law|legal|police|safety|violen|stigma|worker|negotiat)", re.IGNORECASE)


def modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages([str(PACKAGE)], "workshops."):
        if "migrations" not in found.name and not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


def pages() -> list[type]:
    """Every page: a dataclass that names its template."""
    classes = {each for module in modules() for _, each in inspect.getmembers(module, inspect.isclass)}
    named = (each for each in classes if is_dataclass(each) and hasattr(each, "template"))
    return sorted(
        (each for each in named if not each.template.startswith("print/")), key=lambda each: each.__qualname__
    )


def variables(template: str, environment: Environment, around: frozenset[str] = frozenset()) -> set[str]:
    """The names a template asks for, with those of every file it extends, includes or is given whole."""
    tree = environment.parse((TEMPLATES / template).read_text())
    names = meta.find_undeclared_variables(tree)
    bound = around | {each.name for each in tree.find_all(nodes.Name) if each.ctx == "store"}
    imported = {str(name) for each in tree.find_all(nodes.FromImport) for name in each.names}
    for reference in tree.find_all(nodes.Stmt):
        if isinstance(reference, nodes.Extends | nodes.Include):
            assert isinstance(reference.template, nodes.Const), template
            names |= variables(reference.template.value, environment, bound)
    return names - GLOBALS - imported - around  # an included file sees what the loops around it bind


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.__name__)
def test_a_page_has_exactly_the_fields_that_its_template_shows(page: type) -> None:
    environment = Renderer(lambda *_: "", {})._environment(read_languages(["en"])[0])  # noqa: SLF001 (its filters)

    shown = variables(page.template, environment)  # type: ignore[attr-defined]  # every page has one

    assert {field.name for field in fields(page)} - shown == set()
    assert shown - {field.name for field in fields(page)} == set()


def test_every_route_that_is_loaded_later_can_be() -> None:
    later = [each.handler for each in TABLE if isinstance(each.handler, Later)]

    assert len(later) > 50
    assert [each.__name__ for each in later if not inspect.iscoroutinefunction(each.load())] == []


def test_a_start_loads_nothing_of_what_only_the_desk_needs() -> None:
    program = "import sys, workshops.app; print(*[name for name in sys.modules if name.startswith('workshops.desk.')])"

    loaded = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)

    assert set(loaded.stdout.split()) == {
        "workshops.desk.routes",
        "workshops.desk.texts",
        "workshops.desk.texts.routes",
    }


def test_pages_of_which_a_mould_is_kept_are_values_through_and_through() -> None:
    """With a list inside, no mould could be found again for such a page."""
    kept = [each for each in pages() if any("hole" in one.metadata for one in fields(each))]

    assert {each.__name__ for each in kept} >= {"TakePage", "ReceiptPage", "PlacePage"}
    assert [(each.__name__, one.name) for each in kept for one in fields(each) if "Sequence" in str(one.type)] == []


@pytest.mark.parametrize("file", sorted(TEMPLATES.rglob("*.html")), ids=lambda file: file.name)
def test_what_stands_in_a_title_is_neutral(file: Path) -> None:
    for title in TITLES.findall(file.read_text()):
        assert not EXPOSED.search(title)


def test_every_curriculum_of_ours_is_valid() -> None:
    report = check(ROOT / "curricula", today=date(2026, 11, 23))

    assert [str(fault) for fault in report.faults] == []


def test_every_setting_is_explained() -> None:
    text = (ROOT / "docs" / "settings.md").read_text()

    for name, field in Settings.model_fields.items():
        assert f"`{field.validation_alias or 'WORKSHOPS_' + name.upper()}`" in text, name


def test_the_commands_of_the_readme_exist() -> None:
    readme = (ROOT / "README.md").read_text()

    commands = set(re.findall(r"(script/[a-z]+|\.ci/run)", readme))
    assert {"script/server", "script/test", "script/check", ".ci/run"} <= commands
    assert all((ROOT / command).is_file() for command in commands)


def test_links_between_documents_lead_somewhere() -> None:
    for document in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text()):
            assert (document.parent / link).exists(), f"{document.name}: {link}"


def test_the_threat_model_names_only_modules_and_tests_that_exist() -> None:
    text = (ROOT / "docs" / "threat-model.md").read_text()
    tests = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", text)
    modules = re.findall(r"`([a-z]+(?:/[a-z_]+)*\.(?:py|js))`", text)

    assert len(tests) > 25
    assert [f"{file}::{name}" for file, name in tests if f"def {name}(" not in (ROOT / file).read_text()] == []
    assert [each for each in modules if not any((root / each).is_file() for root in (ROOT, PACKAGE))] == []


def test_every_column_about_participants_has_its_sentence() -> None:
    for table, columns in held_columns():
        assert columns, table
        assert all(sentence for _, sentence in columns)


def test_every_table_is_accounted_for_to_participants() -> None:
    tables = {
        model._meta.db_table: set(model._meta.fields_db_projection.values())  # noqa: SLF001 (its own way to its tables)
        for name in MODELS
        for _, model in inspect.getmembers(importlib.import_module(name), inspect.isclass)
        if issubclass(model, Table) and model is not Table
    }
    held = {table for table, _ in held_columns()}
    summed = {table for table, _ in sum_columns()}

    assert held | summed | ELSEWHERE.keys() == tables.keys()
    assert not ELSEWHERE.keys() & (held | summed)
    assert held | summed == UNTIL.keys()
    assert [column for table, column in SUMS if column not in tables[table]] == []


def test_nobody_but_the_clock_reads_the_clock() -> None:
    readers = [
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if re.search(r"\b(datetime\.now|utcnow|time\.time)\(", path.read_text())
    ]

    assert readers == ["clock.py"]


def test_nothing_but_the_settings_reads_the_environment() -> None:
    readers = [
        path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if "os.environ" in path.read_text()
    ]

    assert readers == ["settings.py"]


# From the top of a feature to its bottom; what a module is shows in the last word of its name.
RANKS = ("routes", "pages", "forms", "actions", "queries", "models", "rules")


def rank(module: str) -> int | None:
    word = module.rpartition(".")[2].rpartition("_")[2]
    return RANKS.index(word) if word in RANKS else None


def imports(path: Path) -> list[str]:
    """The modules that a file imports, wherever it does."""
    found = ast.walk(ast.parse(path.read_text()))
    return [each.module for each in found if isinstance(each, ast.ImportFrom) and each.module]


def test_inside_a_feature_imports_only_go_down_whatever_its_subjects() -> None:
    upwards = set()
    for path in PACKAGE.glob("*/**/*.py"):
        feature, own = path.relative_to(PACKAGE).parts[0], rank(path.stem)
        for module in imports(path):
            other = rank(module) if module.startswith(f"workshops.{feature}.") else None
            if own is not None and other is not None and other < own:
                upwards.add((path.relative_to(PACKAGE).as_posix(), module))

    assert upwards == set()


def test_every_module_of_rules_is_held_to_be_pure() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    pure = {module for contract in contracts for module in contract.get("source_modules", [])}
    rules = {".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts) for path in PACKAGE.rglob("*rules.py")}

    assert rules - pure == set()


def test_decision_notes_are_numbered_once_and_short() -> None:
    notes = sorted((ROOT / "docs" / "decisions").glob("*.md"))

    numbers = [note.name[:4] for note in notes]
    assert len(numbers) == len(set(numbers))
    assert [note.name for note in notes if len(note.read_text().splitlines()) > 40] == []


@pytest.mark.parametrize("topic", sorted(shipped().curricula))
def test_no_print_says_around_its_text_what_the_evening_is_about(topic: str) -> None:
    """Title, running lines and file name are what a stranger reads over a shoulder; the text itself is for who came."""
    typesetter = Typesetter()
    for curriculum in shipped().curricula[topic].values():
        for document in (Handout(curriculum), Guide(curriculum)):
            html = typesetter.html(document)
            around = [print_name(document), *AROUND_A_PRINT.findall(html)]

            assert len(around) == len(("name", "title", "running title", "running version"))
            assert telling_words(" ".join(around)) == ()
