"""The smallest teaching file that holds every kind of block, and ways to change it."""

from datetime import date

from workshops.curricula.findings import Broken, Fault
from workshops.curricula.reading import read_curriculum
from workshops.curricula.rules import Curriculum, Source

FILE = "curricula/rest-and-routine/en.md"
SOURCE = Source("guide", "A guide", "A health service", "https://example.org/rest", date(2026, 11, 1))
SOURCES = {"guide": SOURCE}

FIELDS = {
    "format": "1",
    "id": "rest-and-routine",
    "version": "0.1.0",
    "status": "draft",
    "title": '"Rest and routine"',
    "neutral_title": '"Evening class"',
    "neutral_summary": '"An evening on sleep and time off."',
    "summary": '"Two small habits that fit late working hours."',
    "language": "en",
    "audience": "[peers]",
    "adults_only": "true",
    "level": "core",
    "areas": "[physical-health]",
    "minutes": "{short: 25, standard: 40}",
    "group": "{min: 4, ideal: 8, max: 12}",
    "facilitators": "{min: 2, peer_required: true}",
    "delivery": "[in-person]",
    "content_notes": '[{topic: "a bad night", where: m1, minutes: 10, opt_out: "write instead"}]',
    "objectives": '[{id: o1, verb: choose, text: "choose one habit", unit: m1}]',
    "overlays": "[local-help]",
    "sources": "[guide]",
    "license": "CC-BY-SA-4.0",
    "credit": '"the evening group"',
}

# Objectives in the words of another language, for those whose verbs are held against a list.
OBJECTIVES = {
    "es": '[{id: o1, verb: elegir, text: "elegir una costumbre", unit: m1}]',
    "ar": '[{id: o1, verb: اختيار, text: "اختيار عادة واحدة", unit: m1}]',
}

BODY = """
::: unit {id=start title="Welcome" kind=opener short=5 standard=5}
::: say
Welcome. Nobody has to say a name.
:::
:::

::: unit {id=m1 title="One small habit" short=15 standard=25 method=pair-work energy=low}
::: facilitator {legal-interaction=local-help}
Put the cards on the table.
:::
::: scenario {id=s1 title="Home at four" risk=low}
::: participant
Robin comes home at four and cannot sleep.
:::
::: debrief
What could Robin try first?
:::
::: quiet-version
Write one idea and keep it.
:::
:::
::: if-someone {case="goes pale"}
Offer water.
:::
::: card {id=c1 title="Try this" set=pocket}
Dark room, phone away.
:::
::: checklist {id=habits title="Pick one"}
- dark room
- phone away
:::
::: worksheet {id=my-week title="My week" keep=participant}
Only you see this sheet.

- What helps me rest [2]
:::
::: law-slot {id=local-help}
For local rules, ask your local contact.
:::
::: source {id=guide}
The two habits on the list.
:::
:::

::: unit {id=end title="Close" kind=close short=5 standard=10}
::: key-message
One small habit is enough.
:::
:::
"""


def curriculum_text(*, body: str = BODY, **changes: str | None) -> str:
    """A valid file with some of its fields changed; None leaves a field out."""
    language = changes.get("language") or FIELDS["language"]
    usual = {**FIELDS, "objectives": OBJECTIVES.get(language, FIELDS["objectives"])}
    fields = {name: value for name, value in {**usual, **changes}.items() if value is not None}
    return "\n".join(["---", *(f"{name}: {value}" for name, value in fields.items()), "---", *body.split("\n")])


def with_leaf(text: str, kind: str = "facilitator", attributes: str = "") -> str:
    """A valid file with one more leaf in its second unit."""
    leaf = f"::: {kind} {attributes}\n{text}\n:::\n::: if-someone"
    return curriculum_text(body=BODY.replace("::: if-someone", leaf))


def read(text: str) -> Curriculum:
    """The curriculum of a text that is known to be valid."""
    found = read_curriculum(text, file=FILE, sources=SOURCES)
    assert isinstance(found, Curriculum), found
    return found


def faults(text: str) -> list[Fault]:
    """The faults of a text that is known to be broken."""
    found = read_curriculum(text, file=FILE, sources=SOURCES)
    assert isinstance(found, Broken), "the text has no faults"
    return list(found.faults)


def wrong(text: str) -> list[str]:
    """What is wrong with a text, each with the line it is wrong in, as that line is written."""
    lines = text.split("\n")
    return [f"{lines[fault.line - 1]} | {fault.wrong}" for fault in faults(text)]
