"""A local sheet in its parts: a form puts together what it took apart, and leaves alone what it cannot hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.curricula.sheets import BODY, facts_of, found, overlay_of
from workshops.curricula.findings import Broken
from workshops.curricula.sheet_parts import SheetParts, facts_parts, overlay_parts, places_of

WORDS = st.text(st.characters(blacklist_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"]), max_size=40)
TEXTS = WORDS.map(lambda words: words.lstrip(": ")).filter(lambda words: words.strip() == words)


@given(covers=WORDS, label=WORDS, title=WORDS, text=TEXTS)
def test_whatever_is_typed_is_read_back_as_it_was(covers: str, label: str, title: str, text: str) -> None:
    parts = SheetParts(
        {"covers": covers, "jurisdiction": {"country": "DE", "label": label}, "sources": [{"title": title}]},
        {"local-help": text},
    )

    read = overlay_parts(parts.overlay())

    assert read is not None
    assert read.says() == parts.says()


@pytest.mark.parametrize("text", [overlay_of(), overlay_of(status="draft", reviewer=None), overlay_of("")])
def test_a_sheet_says_the_same_after_it_was_taken_apart(text: str) -> None:
    parts = overlay_parts(text)

    assert parts is not None
    again = overlay_parts(parts.overlay())
    assert again is not None
    assert again.says() == parts.says()


@given(
    at=st.integers(0, len(overlay_of())), put=st.sampled_from(["#", ":", '"', "\n", "{", "- ", ":::", "&a ", "\x00"])
)
def test_a_slip_anywhere_loses_nothing(at: int, put: str) -> None:
    text = overlay_of()[:at] + put + overlay_of()[at:]

    parts = overlay_parts(text)

    if parts is not None:
        again = overlay_parts(parts.overlay())
        assert again is not None
        assert again.says() == parts.says()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no fields",
        overlay_of(covers="&a x"),
        overlay_of(applies_to="citizens"),
        overlay_of(jurisdiction="{label: {a: b}}"),
        overlay_of(sources="[one, two]"),
        overlay_of(BODY + BODY),
        overlay_of(BODY + "stray"),
        overlay_of(BODY.replace("{id=local-help}", "")),
        overlay_of(BODY.replace("the night", "the\u202e night")),
        overlay_of().replace("format: 1\n", "format: 1\n# between\n"),
        overlay_of(area="north # beside"),
        "x" * 1_000_001,
    ],
)
def test_what_a_form_would_lose_has_no_parts(text: str) -> None:
    assert overlay_parts(text) is None


def test_words_above_the_first_field_stay() -> None:
    overlay = overlay_parts(overlay_of().replace("---\n", "---\n# Ours.\n", 1))
    facts = facts_parts("# Ours.\n\n# Both.\n" + facts_of())

    assert overlay is not None
    assert facts is not None
    assert overlay.overlay().startswith("---\n# Ours.\nformat:")
    assert facts.facts().startswith("# Ours.\n# Both.\nformat:")


def test_each_fault_stands_at_its_part() -> None:
    parts = overlay_parts(overlay_of(country="x", status="other"))
    assert parts is not None
    source = {**parts.fields["sources"][0], "address": "nowhere"}  # type: ignore[index]
    place = {"country": "D1", "label": "North"}
    wrong = SheetParts(
        {**parts.fields, "sources": [source], "jurisdiction": place, "covers": ""},
        {"local-help": "one\n<b>two</b>"},
    ).overlay()
    read = found(wrong)
    assert isinstance(read, Broken)

    places = places_of(wrong, read.faults)

    assert set(places) == {
        (("status",), 0),
        (("jurisdiction", "country"), 0),
        (("covers",), 0),
        (("sources", 0, "address"), 0),
        (("country",), 0),
        (("texts", "local-help"), 2),
    }
