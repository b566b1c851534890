"""Overlays: text in; a value or all of its faults out."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.curricula.sheets import BODY, OVERLAY, found, overlay, overlay_fields, overlay_of, wrong
from tests.curricula.test_reading import HIDDEN, PIECES
from workshops.curricula.findings import Broken
from workshops.curricula.overlays import Jurisdiction, Overlay, OverlayStatus, Provision, Reviewer, Standing
from workshops.curricula.sheet_writing import overlay_text

VALID = overlay_of()
WITHDRAWN = {"status": "withdrawn", "withdrawn_on": "2026-11-20"}


def test_a_valid_text_becomes_an_overlay() -> None:
    assert overlay() == Overlay(
        curriculum="rest-and-routine",
        area="north",
        language="en",
        status=OverlayStatus.VALID,
        sample=False,
        jurisdiction=Jurisdiction("DE", None, None, "North"),
        covers="Who may ask what; not papers.",
        law_as_of=date(2026, 10, 15),
        law_last_reviewed=date(2026, 11, 1),
        expires_on=date(2027, 5, 1),
        reviewer=Reviewer("solicitor", "an advice centre"),
        second_reader="a group of peers",
        applies_to=("citizens", "migrants-with-status"),
        enforcement_note="Paper and practice differ.",
        sources=(Provision("An act", "A state", "https://example.org/act", "part 2", date(2026, 10, 20)),),
        withdrawn_on=None,
        texts={"local-help": "**Here** the night bell is rung twice."},
        digest="",
    )


@pytest.mark.parametrize(
    ("reviewed", "expires"), [("2026-08-31", date(2027, 2, 28)), ("2026-01-31", date(2026, 7, 31))]
)
def test_an_overlay_that_does_not_say_when_expires_six_months_after_its_review(reviewed: str, expires: date) -> None:
    assert overlay(overlay_of(law_as_of=reviewed, law_last_reviewed=reviewed)).expires_on == expires


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2026, 10, 31), Standing.EARLY),
        (date(2026, 11, 1), Standing.VALID),
        (date(2027, 4, 30), Standing.VALID),
        (date(2027, 5, 1), Standing.EXPIRED),
    ],
)
def test_an_overlay_holds_from_its_review_to_the_day_before_it_expires(day: date, standing: Standing) -> None:
    assert overlay().standing(day) is standing


def test_drafts_and_withdrawn_overlays_never_hold() -> None:
    assert overlay(overlay_of(status="draft")).standing(date(2026, 11, 10)) is Standing.DRAFT
    assert overlay(overlay_of(**WITHDRAWN)).standing(date(2026, 11, 10)) is Standing.WITHDRAWN


def test_a_draft_may_wait_for_its_review() -> None:
    draft = overlay_of(status="draft", law_last_reviewed=None, reviewer=None, second_reader="null")

    assert overlay(draft).expires_on is None


def test_faults_of_fields_fences_and_slots_come_together() -> None:
    text = overlay_of(
        BODY + "::: law-slot {id=local-help}\n<b>Twice\n:::\n::: say\nWords\n:::\n::: law-slot {id=unknown}\nA\n:::\nB",
        level="expert",
        covers=None,
        area="south",
        law_as_of="2026-02-30",
    )

    assert wrong(text, found(text)) == [
        "format: 1 | `covers` is missing",
        "area: south | `area` is `south`, but the file stands elsewhere",
        "law_as_of: 2026-02-30 | `law_as_of` is a day that no calendar has",
        "level: expert | there is no field `level`",
        "::: law-slot {id=local-help} | line 17 fills `local-help` too",
        "<b>Twice | HTML has no place in a text",
        "::: say | there is no block `say`",
        "::: law-slot {id=unknown} | `rest-and-routine` lists no law slot `unknown`",
        "B | this text stands in no block",
    ]


@pytest.mark.parametrize(
    ("changed", "line", "seen"),
    [
        ({"law_last_reviewed": None}, "status", "it is `valid` without `law_last_reviewed`"),
        ({"reviewer": None}, "status", "it is `valid` without `reviewer`"),
        ({"second_reader": None}, "status", "it is `valid` without `second_reader`"),
        ({"law_as_of": "2026-11-02"}, "law_as_of", "`law_as_of` comes after the review, which cannot know it"),
        ({"expires_on": "2026-11-01"}, "expires_on", "it does not expire within a year of its review"),
        ({"expires_on": "2027-11-02"}, "expires_on", "it does not expire within a year of its review"),
        ({"status": "withdrawn"}, "status", "`status: withdrawn` and `withdrawn_on` do not stand together"),
        ({"withdrawn_on": "2026-11-20"}, "status", "`status: withdrawn` and `withdrawn_on` do not stand together"),
        ({**WITHDRAWN, "withdrawn_on": "2026-10-31"}, "withdrawn_on", "it was withdrawn before it was reviewed"),
        ({"status": "expired"}, "status", "`status` has a value that is not known"),
        ({"sample": "true"}, "jurisdiction", "only a sample is about a made-up country"),
        ({"jurisdiction": "{country: XX, label: North}"}, "jurisdiction", "only a sample is about a made-up country"),
        ({"jurisdiction": "{country: De, label: A}"}, "jurisdiction", "`jurisdiction` `country` has a wrong form"),
        ({"law_as_of": "0001-01-01"}, "law_as_of", "`law_as_of` is in no year of ours"),
        ({"law_as_of": "9999-12-31"}, "law_as_of", "`law_as_of` is in no year of ours"),
        (
            {"reviewer": "{role: a@b.example, organisation: B}"},
            "reviewer",
            "`reviewer` `role` holds an e-mail address or a handle",
        ),
        (
            {"reviewer": "{role: A, organisation: B, name_public: true}"},
            "reviewer",
            "`reviewer` `name_public` has a value that is not known",
        ),
        ({"applies_to": "[everyone]"}, "applies_to", "`applies_to` 1 has a value that is not known"),
    ],
)  # fmt: skip
def test_what_does_not_agree_is_a_fault_in_its_line(changed: dict[str, str | None], line: str, seen: str) -> None:
    text = overlay_of(**changed)

    written = {**OVERLAY, **changed}
    assert wrong(text, found(text)) == [f"{line}: {written[line]} | {seen}"]


def test_an_overlay_fills_at_least_one_slot() -> None:
    text = overlay_of("")

    assert wrong(text, found(text)) == ["format: 1 | it fills no law slot"]


def test_nobody_knows_the_slots_of_a_broken_curriculum() -> None:
    assert isinstance(found(overlay_of(BODY.replace("local-help", "other")), None), Overlay)


@pytest.mark.parametrize("character", HIDDEN, ids=ascii)
def test_hidden_characters_are_faults_in_their_line(character: str) -> None:
    read = found(overlay_of(BODY.replace("night", f"ni{character}ght")))

    assert isinstance(read, Broken)
    assert [fault.line for fault in read.faults] == [18]


def test_an_overlay_written_from_its_value_reads_as_the_same_value() -> None:
    for each in (overlay(), overlay(overlay_of(**WITHDRAWN)), overlay(overlay_of(status="draft", reviewer=None))):
        assert overlay(overlay_text(overlay_fields(each), each.texts)) == each


@pytest.mark.parametrize(
    "value", ['Say "no".', "a \\ b", "a: b # c", "{x}, [y]", "- null", "true", "2026-11-01", "'", "&a *b !c", "|"]
)
def test_what_yaml_would_read_otherwise_is_written_in_quotes(value: str) -> None:
    written = overlay_text({**overlay_fields(overlay()), "covers": value}, {"local-help": "Words"})

    assert overlay(written).covers == value


@given(st.sampled_from(["covers", "enforcement_note", "area"]), st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_whatever_a_form_holds_is_written_so_that_it_reads_or_has_faults(name: str, value: str, text: str) -> None:
    form = {**overlay_fields(overlay()), name: value}

    written = overlay_text(form, {"local-help": text})

    read = found(written)
    if isinstance(read, Overlay):
        assert getattr(read, name) == " ".join(value.split())
        assert read.texts["local-help"] == f"{text}\n".replace("\r\n", "\n")[:-1] or ":::" in text
    else:
        assert all(1 <= fault.line <= len(written.split("\n")) for fault in read.faults)


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_any_change_gives_an_overlay_or_faults_whose_lines_exist(data: st.DataObject) -> None:
    text = VALID
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        length = data.draw(st.sampled_from([0, 0, 1, 3, 40, 400]))
        piece = data.draw(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)))
        text = text[:start] + piece + text[start + length :]

    read = found(text)

    assert isinstance(read, Overlay) or read.faults
    if isinstance(read, Broken):
        lines = len(text.split("\n"))
        assert all(1 <= fault.line <= lines and fault.wrong and fault.right for fault in read.faults)


@given(st.text(max_size=300), st.sampled_from(sorted(OVERLAY)))
@settings(max_examples=150, deadline=None)
def test_any_value_of_a_field_is_read_or_is_a_fault(value: str, name: str) -> None:
    read = found(overlay_of(**{name: value}))

    assert isinstance(read, Overlay) or read.faults


BOMBS = [
    "x" * 5_000_000,
    "::: law-slot {id=local-help}\n" * 600_000,
    "---\n" + "a: [" * 5_000,
    "---\n" + "[" * 19_000,
    "---\na: &a [x]\n" + "".join(f"b{n}: [*a, *a, *a, *a, *a, *a, *a, *a]\n" for n in range(400)),
    "---\n" + "- " * 9_000 + "\n---\n",
    "---\n" + "? " * 9_000,
    overlay_of("::: law-slot {id=local-help}\n" * 4_900),
    overlay_of("::: law-slot {id=local-help}\n" + "<b>" * 20_000 + "\n:::\n"),
    overlay_of("::: law-slot {id=local-help}\n" + "[[" * 45_000 + "\n:::\n"),
    overlay_of("::: law-slot {id=local-help}\n" + "> " * 5_000 + "\n:::\n"),
    overlay_of("".join(f"::: law-slot {{id=s{n}}}\n![](file:///etc/passwd)\n:::\n" for n in range(1_500))),
    overlay_of("".join(f"::: law-slot {{id=s{n}}}\n" + "`" * 9_000 + "\n:::\n" for n in range(100))),
    overlay_of(covers='"' + "x" * 18_000 + '"'),
    overlay_of(sources="[" + "{title: a}," * 1_500 + "]"),
    "\0" * 1_000_000,
    overlay_of("[a](javascript:alert(1))\n" * 9_000),
]


@pytest.mark.parametrize("text", BOMBS, ids=range(len(BOMBS)))
def test_bad_input_is_refused_in_under_two_seconds(text: str) -> None:
    begun = time.process_time()

    read = found(text)

    assert isinstance(read, Broken)
    assert time.process_time() - begun < 2
