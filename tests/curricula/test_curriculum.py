"""The values of a curriculum."""

from string import ascii_lowercase, digits

from tests.curricula.written import curriculum_text, read
from workshops.curricula.rules import Form, short_id


def test_the_word_of_an_address_depends_on_the_id_alone_and_names_no_topic() -> None:
    assert short_id("know-your-rights") == short_id("know-your-rights")
    assert short_id("know-your-rights") != short_id("rest-and-routine")
    assert len(short_id("")) == 8
    assert set(short_id("rest-and-routine")) <= set(ascii_lowercase + digits)


def test_forms_come_from_short_to_long() -> None:
    assert read(curriculum_text()).forms() == [Form.SHORT, Form.STANDARD]


def test_a_walk_through_a_unit_meets_a_scenario_before_its_leaves() -> None:
    kinds = [block.kind.value for block in read(curriculum_text()).units[1].walk()]

    assert kinds[:5] == ["facilitator", "scenario", "participant", "debrief", "quiet-version"]
