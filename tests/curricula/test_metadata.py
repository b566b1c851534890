"""What machines may read of a text: the text itself, as schema.org describes learning material."""

import json
from datetime import date

from tests.curricula.written import SOURCE, curriculum_text, read
from workshops.curricula.metadata import as_json, learning_resource

ADDRESS = "https://evenings.example/topics/abcdefgh"


def test_a_curriculum_is_described_whole() -> None:
    review = "{peer: 2026-05-02, content: 2026-05-20, next_due: null}"

    found = learning_resource(read(curriculum_text(review=review)), ADDRESS)

    assert found | {"hasPart": None} == {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "name": "Rest and routine",
        "description": "Two small habits that fit late working hours.",
        "inLanguage": "en",
        "license": "https://creativecommons.org/licenses/by-sa/4.0/",
        "creditText": "the evening group",
        "version": "0.1.0",
        "creativeWorkStatus": "Draft",
        "timeRequired": "PT40M",
        "teaches": ["choose one habit"],
        "learningResourceType": "workshop",
        "educationalUse": "group work",
        "educationalLevel": "core",
        "audience": [{"@type": "EducationalAudience", "audienceType": "peers", "educationalRole": "student"}],
        "typicalAgeRange": "18-",
        "isAccessibleForFree": True,
        "dateModified": date(2026, 5, 20).isoformat(),
        "url": ADDRESS,
        "isBasedOn": [{"@type": "CreativeWork", "name": SOURCE.title, "url": SOURCE.address}],
        "hasPart": None,
    }
    assert [each["name"] for each in found["hasPart"]] == ["Welcome", "One small habit", "Close"]


def test_what_only_facilitators_read_is_not_in_it() -> None:
    curriculum = read(curriculum_text())

    text = as_json(learning_resource(curriculum, None))

    for unit in curriculum.units:
        for block in unit.walk():
            assert not block.text or json.dumps(block.text)[1:-1] not in text
    assert "evening class" not in text.lower()


def test_a_text_cannot_end_the_script_it_stands_in() -> None:
    curriculum = read(curriculum_text(summary='"</script><b>&amp;"'))

    text = as_json(learning_resource(curriculum, None))

    assert not {"<", ">", "&"} & set(text)
    assert json.loads(text)["description"] == "</script><b>&amp;"


def test_a_translation_names_its_original() -> None:
    spanish = read(curriculum_text(language="es", translation="{of: en, source_version: 0.1.0}", sources="[guide]"))

    found = learning_resource(spanish, f"{ADDRESS}?x", original=ADDRESS)

    assert found["isBasedOn"][0] == {"@type": "LearningResource", "url": ADDRESS}
