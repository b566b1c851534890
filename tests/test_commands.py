"""The command line, run as an operator runs it."""

import re
import socket
import sqlite3
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext
from pathlib import Path

import pytest

from tests.serving import ROOT, environment, run_command, running, serving
from workshops.control import Answer, hand_over
from workshops.database.config import database_file
from workshops.errors import CannotStart
from workshops.serving import address_of
from workshops.settings import Settings

# A bare machine may have no terminals to give out, so the output only says that it is one.
ON_A_TERMINAL = """
import io, sys
class Terminal(io.TextIOWrapper):
    def isatty(self): return True
sys.stdout = Terminal(sys.stdout.buffer, line_buffering=True)
from workshops.__main__ import cli
cli()
"""


def test_help_names_every_command(settings: Settings) -> None:
    shown = run_command(settings, "--help").stdout

    assert all(command in shown for command in ("serve", "migrate", "check", "sweep", "staff invite"))
    assert "Usage: workshops staff invite" in run_command(settings, "staff", "invite", "--help").stdout


def test_check_ends_with_status_2_on_faults_and_0_on_notes_alone(settings: Settings, tmp_path: Path) -> None:
    broken = tmp_path / "curricula" / "broken"
    broken.mkdir(parents=True)
    (broken / "en.md").write_text("---\nformat: 1\n---\n::: unit {id=m1\n")

    ours, theirs = run_command(settings, "check"), run_command(settings, "check", str(tmp_path / "curricula"))

    assert ours.returncode == 0, ours.stdout
    assert theirs.returncode == 2
    assert re.search(r"broken/en\.md:\d+: .+: .+", theirs.stdout)


def test_check_names_files_by_ways_that_lead_to_them(settings: Settings, tmp_path: Path) -> None:
    broken = tmp_path / "texts" / "broken"
    broken.mkdir(parents=True)
    (broken / "en.md").write_text("nothing")

    checked = run_command(settings, "check", str(tmp_path / "texts"))
    ours = run_command(settings, "check")

    for line in (*checked.stdout.splitlines(), *ours.stdout.splitlines()):
        assert (ROOT / line.partition(":")[0]).exists(), line


def test_to_say_that_there_is_no_database_makes_no_folder(empty_settings: Settings) -> None:
    ended = run_command(empty_settings, "staff", "invite", "coordinator")

    assert ended.returncode == 2
    assert "set WORKSHOPS_DATA_DIR, or make one by `workshops migrate`" in ended.stderr
    assert not empty_settings.data_dir.exists()


@pytest.mark.data
def test_an_empty_database_is_migrated_once(empty_settings: Settings) -> None:
    first, second = run_command(empty_settings, "migrate"), run_command(empty_settings, "migrate")

    assert (first.returncode, second.returncode) == (0, 0)
    assert "up to date" not in first.stdout
    assert "up to date" in second.stdout


@pytest.mark.data
def test_commands_are_handed_to_the_running_server(settings: Settings) -> None:
    with running(settings) as address:
        swept = run_command(settings, "sweep")
        invited = run_command(settings, "staff", "invite", "facilitator")
        migrated = run_command(settings, "migrate")
        refused = run_command(settings, "staff", "invite", "queen")

    assert address
    assert re.search(r"0 settled, 0 relabelled, 0 forgotten", swept.stdout)
    assert invited.returncode == migrated.returncode == 0
    assert refused.returncode == 2
    assert "queen" in refused.stderr


@pytest.mark.data
def test_commands_run_by_themselves_where_no_server_does(settings: Settings) -> None:
    assert "0 settled" in run_command(settings, "sweep").stdout
    assert run_command(settings, "staff", "invite", "coordinator").returncode == 0


def test_an_invitation_goes_into_a_file_only_its_owner_can_read_where_there_is_no_terminal(settings: Settings) -> None:
    said = run_command(settings, "staff", "invite", "coordinator").stdout

    file = Path(re.search(r"The code is in (\S+)", said)[1])  # type: ignore[index]  # no such line fails the test
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.read_text().strip() not in said


def test_the_first_start_on_a_terminal_prints_an_invitation_and_later_ones_too_until_it_is_used(
    settings: Settings,
) -> None:
    first, second = (_said_on_a_terminal(settings) for _ in range(2))

    assert re.search(r"/staff/invitation within two days and type: [0-9a-z-]{20,}", first)
    assert "/staff/invitation" in second


def test_the_socket_for_commands_is_its_owners_alone(settings: Settings) -> None:
    with running(settings):
        mode = (settings.data_dir / "control.sock").stat().st_mode

    assert stat.S_IMODE(mode) == 0o600
    assert not (settings.data_dir / "control.sock").exists()


@pytest.mark.parametrize(
    ("variables", "line"),
    [
        ({"PORT": "99999"}, "PORT"),
        ({"WORKSHOPS_ZONE": "Mars/Olympus"}, "WORKSHOPS_ZONE"),
        ({"WORKSHOPS_LANGUAGES": "en xx-nonsense"}, "WORKSHOPS_LANGUAGES"),
        ({"WORKSHOPS_DATABASE_URL": "mysql://x"}, "WORKSHOPS_DATABASE_URL"),
        ({"WORKSHOPS_DATABASE_URL": "postgresql://nobody:canary@127.0.0.1:1/none"}, "WORKSHOPS_DATABASE_URL"),
        ({"WORKSHOPS_LEAVE_TO": "javascript:alert(1)"}, "WORKSHOPS_LEAVE_TO"),
        ({"WORKSHOPS_ORIGIN": "evenings.example/path"}, "WORKSHOPS_ORIGIN"),
        ({"WORKSHOPS_HOST": "999.1.1.1"}, "WORKSHOPS_HOST: this machine has no address 999.1.1.1"),
        ({"WORKSHOPS_HOST": "192.0.2.7"}, "WORKSHOPS_HOST: this machine has no address 192.0.2.7"),
    ],
)
def test_a_setting_that_does_not_fit_ends_the_start_with_one_line_and_status_2(
    settings: Settings, variables: dict[str, str], line: str
) -> None:
    ended = run_command(settings, "serve", **variables)

    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1, ended.stderr
    assert line in ended.stderr
    assert "canary" not in ended.stdout + ended.stderr


def test_a_name_that_is_no_setting_is_said_at_the_start(settings: Settings) -> None:
    with serving(settings, WORKSHOPS_ZOON="UTC") as served:
        assert "WORKSHOPS_ZOON is no setting; is WORKSHOPS_ZONE meant?\n" in served.said


def test_an_address_with_colons_is_told_so_that_it_can_be_opened() -> None:
    assert address_of("::1", 8000) == "http://[::1]:8000"
    assert address_of("127.0.0.1", 80) == "http://127.0.0.1:80"


def test_missing_and_foreign_keys_end_the_start_with_one_line_and_status_2(settings: Settings, tmp_path: Path) -> None:
    with running(settings):
        pass
    settings.key_dir.rename(tmp_path / "elsewhere")
    missing = run_command(settings, "serve")
    with running(settings.model_copy(update={"data_dir": tmp_path / "other"})):
        pass
    foreign = run_command(settings, "serve")

    assert (missing.returncode, foreign.returncode) == (2, 2)
    assert "missing" in missing.stderr
    assert "not the keys of this database" in foreign.stderr
    assert (missing.stderr + foreign.stderr).count("\n") == 2


def test_a_database_that_is_newer_or_none_ends_the_start_with_one_line_and_status_2(settings: Settings) -> None:
    with closing(sqlite3.connect(database_file(settings), isolation_level=None)) as database:
        database.execute("UPDATE tortoise_migrations SET name = 'm9999_later' WHERE name = 'm0001_first'")
    newer = run_command(settings, "serve")
    for left in settings.data_dir.glob("workshops.sqlite3*"):
        left.unlink()
    database_file(settings).write_text("Tonight we rest. " * 300)
    none = run_command(settings, "serve")

    assert (newer.returncode, none.returncode) == (2, 2)
    assert "newer than this program" in newer.stderr
    assert "cannot work with" in none.stderr
    assert (newer.stderr + none.stderr).count("\n") == 2


def test_a_second_server_on_the_same_folder_or_port_ends_with_one_line_and_status_2(
    settings: Settings, tmp_path: Path
) -> None:
    with running(settings) as address:
        same_folder = run_command(settings, "serve")
        other = settings.model_copy(update={"data_dir": tmp_path / "other", "key_dir": tmp_path / "other-keys"})
        same_port = run_command(other, "serve", PORT=address.rpartition(":")[2])

    assert (same_folder.returncode, same_port.returncode) == (2, 2)
    assert (same_folder.stderr + same_port.stderr).count("\n") == 2


@pytest.mark.data(only="sqlite")
@pytest.mark.parametrize("served", [True, False])
def test_a_command_whose_database_is_away_says_so_in_one_line_with_status_2(
    settings: Settings, *, served: bool
) -> None:
    with running(settings) if served else nullcontext(), closing(_locked(settings)):
        ended = run_command(settings, "staff", "invite", "facilitator")

    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1, ended.stderr
    assert "database is locked" in ended.stderr


def test_a_bug_in_a_command_is_a_line_for_who_asked_and_a_place_in_the_log_of_the_server(settings: Settings) -> None:
    with serving(settings) as served:
        hand_over(settings, "backup", ["too few"])
        said = hand_over(settings, "backup", ["too few"])

    assert said == Answer("backup: something broke in the server; its log says where", done=False)
    assert "A bug in backup: ValueError" in "".join(served.said)
    assert "too few" not in "".join(served.said)


def test_a_server_that_ends_before_it_answers_is_one_clear_line(settings: Settings) -> None:
    settings.data_dir.mkdir(exist_ok=True)
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(settings.data_dir / "control.sock"))
    listening.listen()
    with listening, ThreadPoolExecutor() as threads:
        threads.submit(_hang_up, listening)

        with pytest.raises(CannotStart, match="did not say what became of it"):
            hand_over(settings, "sweep", [])


def test_a_key_folder_that_is_none_or_cannot_be_read_ends_with_one_line_and_status_2(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")

    for name in ("file", "circle"):
        ended = run_command(settings.model_copy(update={"key_dir": tmp_path / name}), "serve")
        assert ended.returncode == 2
        assert ended.stderr.count("\n") == 1, ended.stderr
        assert f"{tmp_path / name}: keys cannot be read there" in ended.stderr
        assert "WORKSHOPS_KEY_DIR" in ended.stderr


def _hang_up(listening: socket.socket) -> None:
    asked, _ = listening.accept()
    asked.close()


def _locked(settings: Settings) -> sqlite3.Connection:
    """Another program that holds the database for itself."""
    other = sqlite3.connect(database_file(settings), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other


def _said_on_a_terminal(settings: Settings) -> str:
    """Start the server where its output calls itself a terminal, read until it invites, and end it."""
    command = [sys.executable, "-c", ON_A_TERMINAL, "serve", "--empty"]
    with subprocess.Popen(
        command, env=environment(settings), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout is not None
        said = ""
        try:
            for line in process.stdout:
                said += line
                if "type:" in line:
                    break
        finally:
            process.terminate()
            process.wait(timeout=20)
    return said


def test_check_finds_the_group_s_own_words_in_neutral_titles(settings: Settings) -> None:
    checked = run_command(settings, "check", WORKSHOPS_EXPOSURE="Red Lantern, information evening")

    assert checked.returncode == 2
    assert "`neutral_title` says `information evening` to strangers" in checked.stdout


@pytest.mark.parametrize("survey", ["--report", "--translations"])
def test_a_survey_says_why_it_ends_with_status_2_and_knows_the_group_s_own_words(
    settings: Settings, survey: str
) -> None:
    checked = run_command(settings, "check", survey, WORKSHOPS_EXPOSURE="information evening")

    assert checked.returncode == 2
    assert "`neutral_title` says `information evening` to strangers: " in checked.stdout
    assert "know-your-rights" in checked.stdout


def test_the_name_of_the_site_is_noted_where_it_tells_strangers_too_much(settings: Settings) -> None:
    name = {"WORKSHOPS_SITE_NAME": "Sex work evenings"}

    checked, reported = run_command(settings, "check", **name), run_command(settings, "check", "--report", **name)

    assert "note: WORKSHOPS_SITE_NAME says `sex work` to strangers" in checked.stdout
    assert "`site_name` says `sex work` to strangers" in reported.stdout
    assert (checked.returncode, reported.returncode) == (0, 0)
