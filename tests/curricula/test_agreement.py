"""Minutes, objectives, care and words for strangers: what the parts owe each other."""

import pytest

from tests.curricula.written import BODY, FILE, SOURCES, curriculum_text, read, wrong
from workshops.curricula.findings import Broken
from workshops.curricula.reading import read_curriculum

MINUTES = "minutes: {short: 25, standard: 40}"
OBJECTIVE = '{{id: o{n}, verb: {verb}, text: "{text}", unit: {unit}}}'


def objectives(*each: tuple[str, str, str]) -> str:
    written = (OBJECTIVE.format(n=n, verb=verb, text=text, unit=unit) for n, (verb, text, unit) in enumerate(each))
    return f"[{', '.join(written)}]"


def test_minutes_that_do_not_add_up_are_a_fault_for_each_form() -> None:
    assert wrong(curriculum_text(body=BODY.replace("short=15 standard=25", "short=16 standard=24"))) == [
        f"{MINUTES} | the units of `short` take 26 minutes, not 25",
        f"{MINUTES} | the units of `standard` take 39 minutes, not 40",
    ]


def test_a_form_that_the_file_does_not_offer_has_no_minutes() -> None:
    found = wrong(curriculum_text(body=BODY.replace("standard=25", "standard=25 long=60")))

    assert [line.split(" | ")[1] for line in found] == [
        "the unit has minutes for `long`, which the file does not offer"
    ]


def test_every_form_closes_with_five_minutes_or_more() -> None:
    body = BODY.replace("kind=close short=5", "kind=close short=4").replace("short=15", "short=16")

    assert wrong(curriculum_text(body=body)) == [f"{MINUTES} | `short` has no close of 5 minutes"]


@pytest.mark.parametrize(
    ("objective", "fault"),
    [
        (("understand", "understand one habit", "m1"), "nobody can watch people `understand`"),
        (("choose", "name one habit", "m1"), "the objective does not start with its verb"),
        (("choose", "choosers win", "m1"), "the objective does not start with its verb"),
        (("choose", "choose one habit", "m9"), "no unit `m9` practises the objective"),
    ],
)
def test_an_objective_is_something_to_watch_in_a_unit(objective: tuple[str, str, str], fault: str) -> None:
    found = wrong(curriculum_text(objectives=objectives(objective)))

    assert [line.split(" | ")[1] for line in found] == [fault]


def test_verbs_are_held_against_no_list_where_there_is_none() -> None:
    text = curriculum_text(language="pt", objectives=objectives(("escolher", "escolher um hábito", "m1")))

    assert read(text).objectives[0].verb == "escolher"


def test_an_evening_has_at_most_three_objectives() -> None:
    four = objectives(*(("choose", f"choose habit {n}", "m1") for n in range(4)))

    found = wrong(curriculum_text(objectives=four))

    assert [line.split(" | ")[1] for line in found] == ["`short` has 4 objectives", "`standard` has 4 objectives"]


def test_objectives_of_parts_left_out_do_not_count() -> None:
    three = [("choose", f"choose habit {n}", "start") for n in range(3)]
    body = BODY.replace("short=15 standard=25", "short=15").replace("standard=5", "standard=30")

    found = wrong(curriculum_text(body=body, objectives=objectives(*three, ("choose", "choose one habit", "m1"))))

    assert [line.split(" | ")[1] for line in found] == ["`short` has 4 objectives"]


@pytest.mark.parametrize("kind", ["debrief", "quiet-version"])
def test_a_scenario_without_follow_up_is_a_fault(kind: str) -> None:
    body = BODY.replace(f"::: {kind}", "::: facilitator")

    assert wrong(curriculum_text(body=body)) == [
        f'::: scenario {{id=s1 title="Home at four" risk=low}} | the scenario has no `{kind}`'
    ]


def test_a_scenario_without_a_situation_is_a_fault() -> None:
    body = BODY.replace("::: participant", "::: facilitator")

    assert wrong(curriculum_text(body=body)) == [
        '::: scenario {id=s1 title="Home at four" risk=low} | the scenario has no situation'
    ]


def test_the_follow_up_may_stand_beside_the_scenario_in_its_unit() -> None:
    body = BODY.replace("::: debrief\nWhat could Robin try first?\n:::\n", "")
    body = body.replace("::: if-someone", "::: debrief\nWhat first?\n:::\n::: if-someone")

    assert read(curriculum_text(body=body)).units[1].blocks


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Sex work and rest", "sex work"),
        ("SEX-WORKERS meet", "sex-workers"),
        ("S\u00adex", "sex"),
        ("\uff33\uff45\uff58", "sex"),
        ("Derechos y descanso", "derechos"),
        ("Know your rights", "rights"),
    ],
)
def test_strangers_read_no_word_of_the_topic(title: str, word: str) -> None:
    found = wrong(curriculum_text(neutral_title=title))

    assert [line.split(" | ")[1] for line in found] == [f"`neutral_title` says `{word}` to strangers"]


@pytest.mark.parametrize("title", ["Essex evening", "Sexton's walk", "All right on the night", "Lawn care"])
def test_words_that_only_contain_one_may_stand(title: str) -> None:
    assert read(curriculum_text(neutral_title=f'"{title}"')).neutral_title == title


def test_the_group_adds_words_of_its_own() -> None:
    text = curriculum_text(neutral_summary="The red lantern meets.")

    found = read_curriculum(text, file=FILE, sources=SOURCES, exposure=["Red Lantern"])

    assert isinstance(found, Broken)
    assert [fault.wrong for fault in found.faults] == ["`neutral_summary` says `red lantern` to strangers"]


def test_words_are_found_in_scripts_without_spaces() -> None:
    text = curriculum_text(neutral_title="今晚红灯笼聚会")

    assert isinstance(read_curriculum(text, file=FILE, sources=SOURCES, exposure=["红灯笼"]), Broken)


def test_reviewed_files_say_when_they_were_read() -> None:
    assert wrong(curriculum_text(status="reviewed")) == ["status: reviewed | nobody is named to have reviewed the file"]
    assert read(curriculum_text(status="reviewed", review="{peer: 2026-05-02, content: 2026-05-20}"))
