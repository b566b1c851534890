"""Local facts: text in; a value or all of its faults out."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.curricula.sheets import FACT, facts_fields, facts_of, found_facts, local_facts, wrong
from tests.curricula.test_reading import PIECES
from workshops.curricula.findings import Broken
from workshops.curricula.local_facts import Fact, FactKind, LocalFacts
from workshops.curricula.sheet_writing import facts_text

FULL = facts_of(
    {
        "web": "https://example.org/line",
        "hours": '"every night"',
        "languages": "[en, es]",
        "passes_on": '"nothing"',
        "expires_on": "2027-11-01",
    },
    {"id": "bell", "kind": "emergency", "phone": None},
)


def test_a_valid_text_becomes_local_facts() -> None:
    facts = local_facts(FULL)

    assert (facts.area, facts.language, facts.label, facts.sample) == ("north", "en", "North", False)
    assert facts.facts[0] == Fact(
        id="line",
        kind=FactKind.SUPPORT,
        name="The line",
        helps_with="somebody to talk to",
        phone="000 00",
        web="https://example.org/line",
        hours="every night",
        languages=("en", "es"),
        passes_on="nothing",
        fills=("help-here",),
        checked_on=date(2026, 11, 1),
        expires_on=date(2027, 11, 1),
    )
    assert facts.facts[1].expires_on == date(2027, 5, 1)


def test_a_fact_holds_from_its_check_to_the_day_before_it_expires_and_the_most_urgent_comes_first() -> None:
    facts = local_facts(FULL)

    assert facts.holding(date(2026, 10, 31)) == ()
    assert [fact.id for fact in facts.holding(date(2027, 4, 30))] == ["bell", "line"]
    assert [fact.id for fact in facts.holding(date(2027, 5, 1))] == ["line"]
    assert facts.holding(date(2027, 11, 1)) == ()


def test_faults_come_together_each_in_its_line() -> None:
    text = facts_of(
        {"kind": "fun", "phone": '"<b>1</b>"'}, {"id": "x", "web": "file:///etc/passwd", "more": "1"}, area="south"
    )

    assert wrong(text, found_facts(text)) == [
        "area: south | `area` is `south`, but the file stands elsewhere",
        "    kind: fun | `facts` 1 `kind` has a value that is not known",
        '    phone: "<b>1</b>" | `facts` 1 `phone` has a wrong form',
        "    web: file:///etc/passwd | `facts` 2 `web` is no web address",
        "    more: 1 | there is no field `facts` 2 `more`",
    ]


@pytest.mark.parametrize("expires", ["2026-11-01", "2027-11-02"])
def test_a_fact_expires_within_a_year_of_its_check(expires: str) -> None:
    text = facts_of({"expires_on": expires})

    assert wrong(text, found_facts(text)) == [
        f"    expires_on: {expires} | it does not expire within a year of its check"
    ]


def test_an_id_stands_once() -> None:
    text = facts_of({}, {})

    assert [each.partition(" | ")[2] for each in wrong(text, found_facts(text))] == [
        "`line` is already the id of fact 1"
    ]


def test_a_sample_leads_to_nobody() -> None:
    text = facts_of({"web": "https://help.org", "phone": '"030 1234567"'}, sample="true")
    fine = facts_of({"web": "https://help.example", "phone": '"000 SAMPLE"'}, sample="true")

    assert [each.partition(" | ")[2] for each in wrong(text, found_facts(text))] == [
        "a sample holds a number that may be real",
        "a sample leads to a page that may be real",
    ]
    assert all(fact.sample for fact in local_facts(fine).facts)


def test_local_facts_written_from_their_value_read_as_the_same_value() -> None:
    facts = local_facts(FULL)

    assert local_facts(facts_text(facts_fields(facts))) == facts


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_whatever_a_form_holds_is_written_so_that_it_reads_or_has_faults(value: str) -> None:
    fields = facts_fields(local_facts())
    written = facts_text(
        {**fields, "facts": [{**FACT, "name": value, "fills": ["help-here"], "phone": "000 00", "helps_with": value}]}
    )

    read = found_facts(written)

    if isinstance(read, LocalFacts):
        assert read.facts[0].name == " ".join(value.split())
    else:
        assert all(1 <= fault.line <= len(written.split("\n")) for fault in read.faults)


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_any_change_gives_local_facts_or_faults_whose_lines_exist(data: st.DataObject) -> None:
    text = FULL
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        length = data.draw(st.sampled_from([0, 0, 1, 3, 40, 400]))
        piece = data.draw(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)))
        text = text[:start] + piece + text[start + length :]

    read = found_facts(text)

    assert isinstance(read, LocalFacts) or read.faults
    if isinstance(read, Broken):
        lines = len(text.split("\n"))
        assert all(1 <= fault.line <= lines and fault.wrong and fault.right for fault in read.faults)


BOMBS = [
    "",
    "\n" * 20_000,
    "x" * 5_000_000,
    "a: " + "[" * 50_000,
    "a: &a [x]\n" + "".join(f"b{n}: [*a, *a, *a, *a, *a, *a, *a, *a]\n" for n in range(1_000)),
    "? " * 25_000,
    "- " * 25_000,
    "facts:\n" + "  - {id: a}\n" * 4_500,
    facts_of(*({"id": f"f{n}"} for n in range(300))),
    facts_of({"name": '"' + "x" * 55_000 + '"'}),
    "a: 'b\n" * 9_000,
    "a: |\n" + " x\n" * 9_000,
    "\0" * 1_000_000,
    "---\na: 1\n---\na: 1\n" * 1_000,
    "!!python/object/apply:os.system ['true']",
]


@pytest.mark.parametrize("text", BOMBS, ids=range(len(BOMBS)))
def test_bad_input_is_refused_in_under_two_seconds(text: str) -> None:
    begun = time.process_time()

    read = found_facts(text)

    assert isinstance(read, Broken)
    assert time.process_time() - begun < 2
