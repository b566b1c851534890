from tests.handouts.evenings import make_evening
from workshops.curricula.rules import Form
from workshops.handouts.rules import PrintKind, Stretch, file_name, run_sheet, running_clock


def test_the_clock_runs_through_the_units_of_a_form() -> None:
    evening = make_evening()

    clock = running_clock(evening.units, Form.LONG)

    assert clock == {"start": Stretch(0, 10), "m1": Stretch(10, 40), "more": Stretch(50, 10), "end": Stretch(60, 10)}


def test_a_start_is_written_as_a_stopwatch_shows_it() -> None:
    assert [Stretch(starts, 5).clock for starts in (0, 9, 60, 125)] == ["0:00", "0:09", "1:00", "2:05"]


def test_the_run_sheet_shows_every_form_and_leaves_gaps_where_one_skips_a_unit() -> None:
    rows = run_sheet(make_evening(), None)

    assert [(row.title, row.stretches) for row in rows] == [
        ("Welcome", (Stretch(0, 5), Stretch(0, 10), Stretch(0, 10))),
        ("One small habit", (Stretch(5, 10), Stretch(10, 20), Stretch(10, 40))),
        ("Only when there is time", (None, None, Stretch(50, 10))),
        ("Close", (Stretch(15, 5), Stretch(30, 10), Stretch(60, 10))),
    ]


def test_the_run_sheet_of_one_form_has_only_its_units() -> None:
    rows = run_sheet(make_evening(), Form.SHORT)

    assert [(row.title, row.stretches) for row in rows] == [
        ("Welcome", (Stretch(0, 5),)),
        ("One small habit", (Stretch(5, 10),)),
        ("Close", (Stretch(15, 5),)),
    ]


def test_file_names_come_from_the_neutral_title_alone() -> None:
    evening = make_evening(neutral_title="Tarde de información: A/B")

    assert file_name(evening, PrintKind.GUIDE, Form.SHORT) == "tarde-de-informacion-a-b-en-guide-short.pdf"


def test_a_neutral_title_in_another_script_gives_the_opaque_id() -> None:
    evening = make_evening(neutral_title="أمسية معلومات", language="ar")

    assert file_name(evening, PrintKind.HANDOUT, None) == f"{evening.short_id}-ar-handout.pdf"
