"""Small teaching files for the tests of prints, read by the real reader."""

from workshops.curricula.findings import Broken
from workshops.curricula.reading import read_curriculum
from workshops.curricula.rules import Curriculum

FRONT = """---
format: 1
id: rest-and-routine
version: 1.2.3
status: {status}
title: "Sleep after late work"
neutral_title: "{neutral_title}"
neutral_summary: "An evening on sleep and time off."
summary: "Two small habits that fit late working hours."
language: {language}
audience: [peers]
adults_only: true
level: core
areas: [{area}]
minutes: {{short: 20, standard: 40, long: 70}}
group: {{min: 4, ideal: 8, max: 12}}
facilitators: {{min: 2, peer_required: true}}
delivery: [in-person]
objectives:
  - {{id: o1, verb: choose, text: "choose one habit to try this week", unit: m1}}
overlays: [local-help, help-here]
license: CC-BY-SA-4.0
credit: "the evening group"
---

"""
BODY = """::: unit {id=start title="Welcome" kind=opener short=5 standard=10 long=10}
::: say
Welcome to this room.
:::
::: participant
You may step out at any time.
:::
:::

::: unit {id=m1 title="One small habit" short=10 standard=20 long=40}
::: facilitator
# Cards

Hold up the cards.
:::
::: scenario {id=s1 title="Home at four" risk=low}
::: participant
Robin comes home at four in the morning.
:::
::: debrief
What could Robin try first?
:::
::: quiet-version
Write one idea on the card.
:::
:::
::: checklist {id=habits title="Pick one"}
- a dark room
- the phone in **another** room
:::
::: worksheet {id=week title="My week" keep=participant legal-interaction=local-help}
Only you see this sheet.

- What helps me rest [2]
:::
::: card {id=pocket title="My sentence" set=pocket legal-interaction=local-help}
I rest first.
:::
::: card {id=ask title="You ask" set=stations}
Ask twice and stop.
:::
:::

::: unit {id=more title="Only when there is time" long=10}
::: participant
Something for long evenings.
:::
:::

::: unit {id=end title="Close" kind=close short=5 standard=10 long=10}
::: law-slot {id=local-help}
Ask here first.
:::
::: key-message
One small habit is enough.
:::
::: if-someone {case="falls asleep"}
# Quietly

Let them.
:::
:::
"""


VERBS = {"ar": "اختيار"}  # what can be watched, where a language has its own list


def make_evening(
    body: str = BODY,
    *,
    neutral_title: str = "Rest and routine",
    language: str = "en",
    status: str = "draft",
    area: str = "social-support",
) -> Curriculum:
    """A curriculum of four units with one of nearly every block."""
    front = FRONT.format(neutral_title=neutral_title, language=language, status=status, area=area)
    front = front.replace("choose", VERBS.get(language, "choose"))
    read = read_curriculum(front + body, file="evening.md", sources={})
    assert not isinstance(read, Broken), "\n".join(map(str, read.faults))
    return read
