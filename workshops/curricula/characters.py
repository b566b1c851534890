"""Which characters a teaching file may hold, and how long it may be."""

import re
import unicodedata

from workshops.curricula.findings import Fault

LONGEST_FILE = 1_000_000  # bytes; the longest evening written so far needs a twentieth
MOST_LINES = 10_000  # in which every line may be wrong, and each wants its fault
REPLACEMENT = "\ufffd"

# Controls, line ends of other systems, marks that reorder or hide text, halves of pairs.
# U+200E, U+200F and U+061C stay: right-to-left writing needs them, and they move nothing far.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def too_long(text: str, file: str) -> Fault | None:
    """The one fault of a text that is longer than any curriculum."""
    if len(text) > LONGEST_FILE or len(text.encode("utf-8", "surrogatepass")) > LONGEST_FILE:
        return too_long_fault(file)
    if text.count("\n") > MOST_LINES:
        return Fault(file, 1, f"the file has more than {MOST_LINES:,} lines", "cut it into several files")
    return None


def too_long_fault(file: str) -> Fault:
    return Fault(file, 1, "the file is longer than 1 MB", "cut it into several files")


def cleaned(text: str, file: str) -> tuple[list[str], list[Fault]]:
    """The text line by line, and a fault for each line with a character that has no place in it.

    Such characters are replaced, so that the rest of the file can still be read.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    lines = text.split("\n")
    if not FORBIDDEN.search(text):
        return lines, []
    found = ((number, FORBIDDEN.search(line)) for number, line in enumerate(lines, 1))
    faults = [forbidden_fault(file, number, hit.group()) for number, hit in found if hit]
    return [FORBIDDEN.sub(REPLACEMENT, line) for line in lines], faults


def forbidden_fault(file: str, line: int, character: str) -> Fault:
    name = unicodedata.name(character, "a control character")
    return Fault(
        file, line, f"there is a hidden character, U+{ord(character):04X} ({name})", "delete it and type again"
    )
