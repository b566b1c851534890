"""What is read from the form of a text's first words; nothing that was typed is lost."""

from collections.abc import Mapping

from workshops.curricula.front_words import GROUPS, LINES, MATERIALS, Words
from workshops.web.forms import NOT_PLAIN, TOO_LONG, Fault, Values, first, is_plain, short_text

LONGEST_TITLE, LONGEST_SENTENCES = 120, 600
MOST = {"title": LONGEST_TITLE, "neutral_title": LONGEST_TITLE, "verb": LONGEST_TITLE}
ORDER = (*LINES, *GROUPS, MATERIALS, "words")


def read_words(values: Values, kept: Words, faults: dict[str, Fault]) -> Words:
    """The words as they were typed; what is wrong goes into `faults`.

    Args:
        values: The form.
        kept: The words as they are saved, for the fields that there are.
        faults: By the names of fields.
    """
    lines = (name for name in kept if name != MATERIALS)
    return {**{name: _line(values, name, faults) for name in lines}, MATERIALS: _materials(values, faults)}


def in_order(faults: Mapping[str, Fault]) -> dict[str, Fault]:
    """Faults in the order in which the form has its fields."""

    def place(name: str) -> tuple[int, str]:
        start = name.partition("-")[0]
        return ORDER.index(start) if start in ORDER else -1, name

    return {name: faults[name] for name in sorted(faults, key=place)}


def _line(values: Values, name: str, faults: dict[str, Fault]) -> str:
    text = " ".join(first(values, name).split())
    most = MOST.get(name.rpartition("-")[2], LONGEST_SENTENCES)
    return short_text({name: [text]}, name, most, faults, needed=True)


def _materials(values: Values, faults: dict[str, Fault]) -> str:
    lines = [" ".join(line.split()) for line in first(values, MATERIALS).splitlines()]
    if not all(map(is_plain, lines)):
        faults[MATERIALS] = Fault(NOT_PLAIN)
    elif any(len(line) > LONGEST_TITLE for line in lines):
        faults[MATERIALS] = Fault(TOO_LONG, {"most": LONGEST_TITLE})
    return "\n".join(line for line in lines if line)
