"""Texts that once took a reader minutes, or all of its stack; by what they hold."""

from tests.curricula.written import curriculum_text

HOSTILE = {
    "5 MB": "x" * 5_000_000,
    "5 MB of fences": "::: say\n" * 600_000,
    "brackets": "---\n" + "[" * 19_000 + "\n---\n",
    "mappings": "---\na: " + "{a: " * 1_000 + "\n---\n",
    "nested scenarios": curriculum_text(
        body="::: unit {id=m1 title=a short=5}\n" + "::: scenario {id=s title=b}\n" * 1_000
    ),
    "nested quotes": curriculum_text(body="\n".join(f"::: say\n{'> ' * 4_900}\n:::" for _ in range(90))),
    "open leaves": curriculum_text(body="::: say\n" * 9_000),
    "no kinds": curriculum_text(body="::: {\n" * 9_000),
    "hidden characters": curriculum_text(body="\u202e\n" * 9_000),
    "anchors": "---\n" + "a: &a [*a]\n" * 1_500 + "---\n",
}
