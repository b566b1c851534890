"""Checklists and worksheets as data."""

from workshops.curricula.lists import WorksheetPart, checklist_items, worksheet_parts


def test_each_item_is_a_box() -> None:
    assert checklist_items("- dark **room**\n- [ ] phone\n  away\n\n1. last") == ("dark **room**", "phone away", "last")


def test_a_number_at_the_end_of_an_item_asks_for_writing_lines() -> None:
    text = "Only you see this.\n\n- What helps me [3]\n- Whom I ask\n- [link](https://example.org)\n- [2]\n\nFold it."

    assert worksheet_parts(text) == (
        WorksheetPart("Only you see this.", is_item=False),
        WorksheetPart("What helps me", is_item=True, lines=3),
        WorksheetPart("Whom I ask", is_item=True),
        WorksheetPart("[link](https://example.org)", is_item=True),
        WorksheetPart("", is_item=True, lines=2),
        WorksheetPart("Fold it.", is_item=False),
    )


def test_headings_and_tables_between_the_items_keep_their_markdown() -> None:
    text = "# My week\n\n| a | b |\n|---|---|\n| c | d |\n\n- one"

    assert [part.text for part in worksheet_parts(text)] == ["# My week", "| a | b |\n|---|---|\n| c | d |", "one"]
