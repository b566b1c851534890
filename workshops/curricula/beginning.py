"""A topic of a group's own as it begins: a whole evening without faults, in words to write over."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from workshops.errors import N_

Words = Callable[[str], str]  # from a sentence of ours to the same in the language of the text


@dataclass(frozen=True, slots=True)
class Topic:
    """What somebody says of a topic that is to be begun."""

    id: str  # the name of its folder
    title: str
    neutral_title: str
    language: str

    @property
    def path(self) -> str:
        return f"{self.id}/{self.language}.md"


SUMMARY = N_("Write here in one or two sentences what the evening is about.")
NEUTRAL_SUMMARY = N_("An evening in our group.")
OBJECTIVE = N_("choose one thing to try")  # its first word stands in the list of verbs
CREDIT = N_("our group")

WELCOME, SITUATION, CLOSE = N_("Welcome"), N_("One situation"), N_("Close")
SAY = N_("Welcome. Nobody has to say a name, and everybody may step out at any time.")
STEPS = N_("Write here what to prepare and what to do, step by step.")
PARTICIPANT = N_("Write here a situation that people in your group know.")
DEBRIEF = N_("Write here what to ask afterwards: what helped, and what people would try.")
QUIET = N_("Who would rather not speak writes one idea on a card and keeps it.")
KEY_MESSAGE = N_("Write here the one sentence to keep.")


def topic_text(topic: Topic, words: Words) -> str:
    """The first text of a topic: an opener, one situation, a close."""
    return f"---\n{_fields(topic, words)}---\n\n{_opener(words)}\n{_work(words)}\n{_close(words)}"


def _fields(topic: Topic, words: Words) -> str:
    objective = words(OBJECTIVE)
    verb = objective.split()[0]
    fields = {
        "format": "1",
        "id": topic.id,
        "version": "0.1.0",
        "status": "draft",
        "title": _quoted(topic.title),
        "neutral_title": _quoted(topic.neutral_title),
        "neutral_summary": _quoted(words(NEUTRAL_SUMMARY)),
        "summary": _quoted(words(SUMMARY)),
        "language": topic.language,
        "audience": "[peers]",
        "adults_only": "true",
        "level": "starter",
        "areas": "[social-support]",
        "minutes": "{short: 30, standard: 60}",
        "group": "{min: 4, ideal: 8, max: 12}",
        "facilitators": "{min: 2, peer_required: true}",
        "delivery": "[in-person]",
        "objectives": f"\n  - {{id: o1, verb: {_quoted(verb)}, text: {_quoted(objective)}, unit: situation}}",
        "license": "CC-BY-SA-4.0",
        "credit": _quoted(words(CREDIT)),
    }
    return "".join(f"{name}: {value}\n".replace(": \n", ":\n", 1) for name, value in fields.items())


def _opener(words: Words) -> str:
    leaves = _leaf("facilitator", words(STEPS)) + _leaf("say", words(SAY))
    return f'::: unit {{id=start title="{words(WELCOME)}" kind=opener short=5 standard=10}}\n{leaves}:::\n'


def _work(words: Words) -> str:
    texts = {"participant": PARTICIPANT, "debrief": DEBRIEF, "quiet-version": QUIET}
    leaves = "".join(_leaf(kind, words(text)) for kind, text in texts.items())
    scenario = f'::: scenario {{id=s1 title="{words(SITUATION)}"}}\n{leaves}:::\n'
    return (
        f'::: unit {{id=situation title="{words(SITUATION)}" short=20 standard=40}}\n'
        f"{_leaf('facilitator', words(STEPS))}{scenario}:::\n"
    )


def _close(words: Words) -> str:
    leaves = _leaf("facilitator", words(STEPS)) + _leaf("key-message", words(KEY_MESSAGE))
    return f'::: unit {{id=end title="{words(CLOSE)}" kind=close short=5 standard=10}}\n{leaves}:::\n'


def _leaf(kind: str, text: str) -> str:
    return f"::: {kind}\n{text}\n:::\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
