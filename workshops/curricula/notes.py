"""What a second reader would ask about a curriculum that is otherwise in order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from workshops.curricula.findings import Note
from workshops.curricula.rules import Block, BlockKind, Curriculum, UnitKind
from workshops.curricula.wordlists import list_finder, word_list

LONGEST_SENTENCE = 25  # words; longer ones lose people who read late, or in a second language
MOST_SENTENCES = 2  # in a key message
LONGEST_WITHOUT_BREAK = 75  # minutes

READ_BY_PARTICIPANTS = {
    BlockKind.PARTICIPANT, BlockKind.SAY, BlockKind.KEY_MESSAGE, BlockKind.CARD, BlockKind.CHECKLIST,
    BlockKind.WORKSHEET, BlockKind.QUIET_VERSION,
}  # fmt: skip
SENTENCE_END = re.compile(r"[.!?…。؟](?=[\s\"\u201d\u2019)*_]|$)|\n[ \t]*\n|\n[ \t]*(?:[-*+|>#]|[0-9]+[.)])|\Z")
WORD = re.compile(r"\w[\w\u2019'-]*")

PRICE = re.compile(
    r"[$€£¥₹][ \u00a0]?[0-9]|\b[0-9]+[ \u00a0]?(?:[$€£¥₹]|dollars?\b|euros?\b|pounds?\b|USD\b|EUR\b|GBP\b)"
)
STREET = re.compile(
    r"\b(?:[0-9]{1,4}[ ](?:[A-Z][\w\u2019']+[ ]){1,3}(?:Street|Road|Avenue|Lane|Square|Boulevard|Drive|St|Rd|Ave)\b"
    r"|[A-ZÄÖÜ][\w-]{2,30}(?:straße|strasse|platz|weg)[ ][0-9]{1,4}\b)"
)
PHONE = re.compile(r"(?<![\w-])(?![0-9]{4}-[0-9]{2}-[0-9]{2}\b)\+?[0-9](?:[ /.-]?[0-9]){6,}(?![\w-])")
CONTACT = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.[\w.-]+|(?<!\w)@\w{3,}")

HINTS = (
    (PRICE, "looks like a price", "leave amounts out"),
    (STREET, "looks like an address", "leave real places out"),
    (PHONE, "looks like a phone number", "numbers belong to the local sheet, which has a date"),
    (CONTACT, "looks like a contact", "leave people and accounts out"),
)


@dataclass(frozen=True, slots=True)
class SecondReader:
    """Reads one curriculum; `text` is the file it came from, for the lines of its fields."""

    curriculum: Curriculum
    file: str
    text: str
    today: date

    def notes(self) -> tuple[Note, ...]:
        """Everything there is to say, sorted by line."""
        found = {*self._fields(), *self._forms(), *self._slots()}
        for unit in self.curriculum.units:
            for block in unit.walk():
                found |= {*self._words(block), *self._hints(block), *self._sentences(block)}
        return tuple(sorted(found))

    def _fields(self) -> Iterator[Note]:
        due = self.curriculum.review.next_due
        if due and due < self.today:
            yield self._at_field("review", f"the next review was due on {due}", "read it again, then set a new day")
        translation = self.curriculum.translation
        if translation.machine_made and not translation.back_checked:
            yield self._at_field("translation", "a machine translated it", "let a person compare it with the original")
        if not word_list("verbs", self.curriculum.language):
            yield self._at_field("language", "there are no word lists for this language", "read verbs and law by eye")

    def _forms(self) -> Iterator[Note]:
        for form, minutes in self.curriculum.minutes.items():
            kinds = {unit.kind for unit in self.curriculum.units_in(form)}
            if UnitKind.OPENER not in kinds:
                yield self._at_field(
                    "minutes", f"`{form}` has no opener", "a unit with kind=opener: people arrive first"
                )
            if minutes > LONGEST_WITHOUT_BREAK and UnitKind.BREAK not in kinds:
                yield self._at_field("minutes", f"`{form}` has no break", "a unit with kind=break")

    def _slots(self) -> Iterator[Note]:
        blocks = [block for unit in self.curriculum.units for block in unit.walk()]
        used = {block.id for block in blocks if block.kind is BlockKind.LAW_SLOT}
        for slot in self.curriculum.overlays:
            if slot not in used:
                yield self._at_field("overlays", f"no law slot `{slot}` stands in the text", "place it, or drop it")

    def _words(self, block: Block) -> Iterator[Note]:
        if block.kind in {BlockKind.LAW_SLOT, BlockKind.SOURCE}:
            return
        language = self.curriculum.language
        rest = list_finder("law-allowed", language).sub(lambda hit: re.sub(r"\S", "_", hit.group()), block.text)
        for hit in list_finder("law", language).finditer(rest):
            yield self._at(
                block, hit.start(), f"`{hit.group()}` may be law", "say how to find out; law is for law slots"
            )
        for hit in list_finder("blaming", language).finditer(block.text):
            yield self._at(
                block, hit.start(), f"`{hit.group()}` may blame", "name what is done to people, not what they are"
            )
        for hit in list_finder("out-of-scope", language).finditer(block.text):
            seen = f"`{' '.join(hit.group().split())}` may lie out of scope"
            yield self._at(block, hit.start(), seen, "see what these evenings leave out, and leave it to others")

    def _hints(self, block: Block) -> Iterator[Note]:
        if block.kind is BlockKind.SOURCE:
            return
        for pattern, seen, advice in HINTS:
            for hit in pattern.finditer(block.text):
                yield self._at(block, hit.start(), f"`{' '.join(hit.group().split())}` {seen}", advice)
        for hit in list_finder("platforms", "en").finditer(block.text):
            yield self._at(block, hit.start(), f"`{hit.group()}` names a service", "say what kind of service it is")

    def _sentences(self, block: Block) -> Iterator[Note]:
        if block.kind not in READ_BY_PARTICIPANTS:
            return
        start = count = 0
        for end in SENTENCE_END.finditer(block.text):
            words = WORD.findall(block.text, start, end.start())
            if len(words) > LONGEST_SENTENCE:
                first = start + len(block.text[start:]) - len(block.text[start:].lstrip())
                yield self._at(
                    block, first, f"a sentence has {len(words)} words", f"at most {LONGEST_SENTENCE}; make two"
                )
            count += bool(words)
            start = end.end()
        if block.kind is BlockKind.KEY_MESSAGE and count > MOST_SENTENCES:
            yield self._at(block, 0, f"the key message has {count} sentences", f"at most {MOST_SENTENCES}")

    def _at(self, block: Block, position: int, seen: str, advice: str) -> Note:
        return Note(self.file, block.line + 1 + block.text.count("\n", 0, position), seen, advice)

    def _at_field(self, name: str, seen: str, advice: str) -> Note:
        return Note(self.file, field_line(self.text, name), seen, advice)


def field_line(text: str, name: str) -> int:
    """The line in which a field of the first lines stands."""
    lines = text.split("\n")
    return next((number for number, line in enumerate(lines, 1) if line.startswith(f"{name}:")), 1)
