"""The `:::` lines of a teaching file: a scanner with a stack, so that nobody counts colons."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workshops.curricula.findings import Fault
from workshops.curricula.rules import BlockKind

UNIT = "unit"
SCENARIO = BlockKind.SCENARIO.value
LEAVES = tuple(kind.value for kind in BlockKind if kind is not BlockKind.SCENARIO)
KINDS = (UNIT, SCENARIO, *LEAVES)

OPENING = re.compile(r":::\s*(?P<kind>[^\s{]*)\s*(?P<rest>.*)")
ATTRIBUTE = re.compile(r"""(?P<name>[a-z][a-z0-9-]*)=(?:"(?P<words>[^"]*)"|(?P<word>[^\s"“”„{}=]+))(?:\s+|$)""")


def holds_fence(text: str) -> bool:
    """Whether a text that stands between fences would end there, or seem to."""
    return any(line.lstrip().startswith(":::") for line in text.split("\n"))


@dataclass(slots=True)
class Fence:
    """One block as it stands in the file, not yet checked against what its kind may hold."""

    kind: str
    line: int
    attributes: Mapping[str, str] = field(default_factory=dict)
    text: list[str] = field(default_factory=list)
    blocks: list["Fence"] = field(default_factory=list)

    @property
    def holds_blocks(self) -> bool:
        return self.kind in {UNIT, SCENARIO}

    def may_hold(self, kind: str) -> bool:
        if self.kind == UNIT:
            return kind != UNIT
        return self.kind == SCENARIO and kind not in {UNIT, SCENARIO}


@dataclass(slots=True)
class Scanner:
    """Reads line after line, and goes on after a fault as if the missing fence stood there."""

    file: str
    kinds: Sequence[str] = KINDS  # which blocks the file may have
    faults: list[Fault] = field(default_factory=list)
    top: list[Fence] = field(default_factory=list)
    stack: list[Fence] = field(default_factory=list)
    stray: bool = False  # the lines before this one are text that stands in no leaf

    def read(self, lines: Sequence[str], first: int) -> list[Fence]:
        """The outermost blocks of `lines`; `first` is the file's line number of the first of them."""
        for number, line in enumerate(lines, first):
            if not line.startswith(":::"):
                self._keep(line, number)
            elif line.strip() == ":::":
                self._close(number)
            else:
                self._open(line, number)
        for fence in self.stack:
            self._fault(fence.line, f"`{fence.kind}` is not closed", "put a line with `:::` after its last line")
        return self.top

    def _keep(self, line: str, number: int) -> None:
        if line.lstrip().startswith(":::"):
            self._fault(number, "`:::` does not stand at the start of the line", "delete the spaces before it")
        if self.stack and not self.stack[-1].holds_blocks:
            self.stack[-1].text.append(line)
        elif line.strip() and not self.stray:
            self.stray = True
            leaf = "facilitator" if UNIT in self.kinds else self.kinds[0]
            self._fault(number, "this text stands in no block", f"put it inside a leaf such as `::: {leaf}`")

    def _close(self, number: int) -> None:
        self.stray = False
        if self.stack:
            self.stack.pop()
        else:
            self._fault(number, "`:::` closes nothing", "delete it, or open a block with `::: kind`")

    def _open(self, line: str, number: int) -> None:
        self.stray = False
        fence = self._fence(line, number)
        while self.stack and not self.stack[-1].may_hold(fence.kind):
            above = self.stack.pop()
            self._fault(
                number,
                f"`{fence.kind}` cannot stand in `{above.kind}`, which was opened in line {above.line}",
                f"close `{above.kind}` with `:::` before this line",
            )
        if not self.stack and UNIT in self.kinds and fence.kind != UNIT:
            self._fault(number, f"`{fence.kind}` stands outside a unit", "move it into a `::: unit`")
        (self.stack[-1].blocks if self.stack else self.top).append(fence)
        self.stack.append(fence)

    def _fence(self, line: str, number: int) -> Fence:
        match = OPENING.fullmatch(line)
        kind, rest = (match["kind"], match["rest"].strip()) if match else ("", "")
        if kind not in self.kinds:
            named = f"there is no block `{kind[:40]}`" if kind else "the block has no kind"
            self._fault(number, named, f"`:::` and one of {', '.join(self.kinds)}")
        return Fence(kind[:40] or "block", number, self._attributes(rest, number))

    def _attributes(self, rest: str, number: int) -> dict[str, str]:
        if not rest:
            return {}
        if not (rest.startswith("{") and rest.endswith("}")):
            self._fault(number, "there is something beside the attributes", "`::: kind {name=word}` and nothing else")
            return {}
        found: dict[str, str] = {}
        inside = rest[1:-1].strip()
        at = 0
        while at < len(inside):
            match = ATTRIBUTE.match(inside, at)
            if not match:
                wrong = f"the attributes do not read from `{inside[at : at + 30]}` on"
                self._fault(number, wrong, 'write name=word or name="several words", with straight quotes')
                break
            name = match["name"]
            if name in found:
                self._fault(number, f"`{name}` stands twice", "keep one of the two")
            found[name] = match["word"] if match["words"] is None else match["words"].strip()
            at = match.end()
        return found

    def _fault(self, line: int, wrong: str, right: str) -> None:
        self.faults.append(Fault(self.file, line, wrong, right))
