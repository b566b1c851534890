"""What search engines and libraries of teaching material may read of a curriculum: schema.org's LearningResource.

The text is described, never an evening: no date, place, organiser or reader's name, and nothing that
only facilitators read.
"""

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from workshops.curricula.rules import Curriculum, Form, Status, Unit

# Creative Commons gives every licence an address; other names stand as they are.
LICENCES = {
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
ROLES = {"peers": "student", "peer-educators": "mentor", "facilitators": "teacher"}  # of schema.org's audiences
STATUS = {Status.DRAFT: "Draft", Status.PILOT: "Pilot", Status.REVIEWED: "Published", Status.RETIRED: "Obsolete"}


def learning_resource(curriculum: Curriculum, address: str | None, original: str | None = None) -> dict[str, Any]:
    """A curriculum as a `LearningResource`, in the terms of schema.org.

    Args:
        curriculum: The text.
        address: Of its page; None where the site does not know its own origin.
        original: Address of the page of what it translates.
    """
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "name": curriculum.title,
        "description": curriculum.summary,
        "inLanguage": curriculum.language,
        "license": LICENCES.get(curriculum.license, curriculum.license),
        "creditText": curriculum.credit,
        "version": curriculum.version,
        "creativeWorkStatus": STATUS[curriculum.status],
        "timeRequired": _duration(_usual_minutes(curriculum)),
        "teaches": [objective.text for objective in curriculum.objectives],
        "learningResourceType": "workshop",
        "educationalUse": "group work",
        "educationalLevel": curriculum.level,
        "audience": _audience(curriculum.audience),
        "typicalAgeRange": "18-",
        "isAccessibleForFree": True,
        "hasPart": [_part(unit) for unit in curriculum.units],
    }
    days = [day for day in (curriculum.review.peer, curriculum.review.content) if day]
    found |= {"dateModified": max(days).isoformat()} if days else {}
    found |= {"url": address} if address else {}
    based_on = _based_on(curriculum, original)
    return found | ({"isBasedOn": based_on} if based_on else {})


def as_json(resource: dict[str, Any]) -> Markup:
    """The text between `<script type="application/ld+json">` and its end, which nothing inside can bring about."""
    text = json.dumps(resource, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704 (made safe here)


def _part(unit: Unit) -> dict[str, str]:
    return {"@type": "LearningResource", "name": unit.title, "timeRequired": _duration(max(unit.minutes.values()))}


def _based_on(curriculum: Curriculum, original: str | None) -> list[dict[str, str]]:
    translated = [{"@type": "LearningResource", "url": original}] if original else []
    works = ({"@type": "CreativeWork", "name": each.title, "url": each.address} for each in curriculum.sources)
    return [*translated, *works]


def _usual_minutes(curriculum: Curriculum) -> int:
    return curriculum.minutes.get(Form.STANDARD) or max(curriculum.minutes.values())


def _duration(minutes: int) -> str:
    """As ISO 8601 writes it: 90 minutes are PT90M."""
    return f"PT{minutes}M"


def _audience(words: Sequence[str]) -> list[dict[str, str]]:
    return [
        {"@type": "EducationalAudience", "audienceType": word, "educationalRole": ROLES.get(word, "professional")}
        for word in words
    ]
