"""The scripts that a newcomer runs, on machines that lack what they need."""

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.serving import ROOT

WANTED = "apt-get update && apt-get install -y --no-install-recommends python3-venv"


def run(script: str, programs: Path, *names: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """A piece of bash in the checkout that finds these programs alone; those we name and nobody has do nothing."""
    programs.mkdir(exist_ok=True)
    for name in ("bash", "dirname", *names):
        found = next(
            (path for path in (Path("/bin", name), Path("/usr/bin", name)) if path.exists()), Path("/bin/true")
        )
        (programs / name).symlink_to(found)
    environment = {"PATH": str(programs), "HOME": os.environ.get("HOME", "/"), **variables}
    return subprocess.run(
        ["bash", "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=30, check=False
    )


@pytest.mark.parametrize(("programs", "line"), [([], f"su - -c '{WANTED}'"), (["sudo"], f"sudo sh -c '{WANTED}'")])
def test_who_may_install_nothing_is_told_the_one_command_that_would(
    tmp_path: Path, programs: Sequence[str], line: str
) -> None:
    script = """
    source script/bootstrap
    is_root() { false; }
    can_make_venv() { true; }
    is_installed() { false; }
    print_packages=(python3-venv)
    set_up_packages python3
    """

    ended = run(script, tmp_path / "bin", "dpkg-query", *programs)

    assert ended.returncode == 2
    assert ended.stderr == f"set-up: missing packages; this installs them: {line}\n"


@pytest.mark.parametrize(("programs", "installed"), [(["npm"], ""), ([], "requirements-node.lock\n")])
def test_a_machine_without_npm_gets_it_from_a_locked_package(
    tmp_path: Path, programs: Sequence[str], installed: str
) -> None:
    script = 'source script/bootstrap; pip_install() { echo "$1"; }; install_npm'

    assert run(script, tmp_path / "bin", *programs).stdout == installed


@pytest.mark.parametrize(("variables", "status"), [({}, 0), ({"CI": "false"}, 0), ({"CI": "true"}, 1)])
def test_what_could_not_be_installed_is_named_at_the_end_and_fails_a_build(
    tmp_path: Path, variables: dict[str, str], status: int
) -> None:
    text = (
        (ROOT / "script" / "test")
        .read_text()
        .replace('"$(dirname -- "${BASH_SOURCE[0]}")/bootstrap"', "script/bootstrap")
    )
    bare = """
    set_up_serving() { :; }
    set_up_development() { :; }
    set_up_tools() { :; }
    has_tool() { [[ $1 != nginx && $1 != qpdf ]]; }
    run_tests() { echo "ran $1"; }
    """
    script = text.replace("runner=(-m pytest)\n", f"{bare}\nrunner=(-m pytest)\n", 1)

    ended = run(script, tmp_path / "bin", **variables)

    assert ended.stdout.splitlines() == [
        "ran --database=sqlite",
        "ran --database=postgresql",
        "not run: what needs nginx qpdf",
    ]
    assert ended.returncode == status


def test_the_procfile_migrates_for_a_release_and_serves_the_web() -> None:
    lines = dict(re.findall(r"^(\w+): (.+)$", (ROOT / "Procfile").read_text(), re.MULTILINE))

    assert lines["release"].endswith(".venv/bin/workshops migrate")
    assert lines["web"] == ".venv/bin/workshops serve"
    assert lines.keys() == {"release", "web"}
