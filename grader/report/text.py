"""The verdict as plain lines: what passed, what did not and why, and how to see it again. No colour is needed."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence

from grader.records.printable import one_line
from grader.records.verdict import PartVerdict, Verdict
from grader.report.fold import CONTINUED, Line, fold, fold_part, points, standing
from lessons.formulas.prose import unquoted

SIGNS = {"passed": "+", "skipped": "-"}
WIDTH = 100
_HEAD = re.compile(r"^( *)(\[.\]|::|##\[)")
"""How a line of ours begins, and one that a workflow would take for a command."""
INDENTS = {"message": "  ", "data": "  ", "note": "      ", "check": "      ", "curve": "      "}
"""How far lines of a kind are indented; others stand below a check."""


def render(verdict: Verdict, *, replay: str | None = None) -> str:
    """The report, ending in a newline. `replay` is the command that shows the same run again."""
    lines = [f"{verdict.exercise}: {standing(verdict)}, {points(verdict)}", *_plain(fold(verdict))]
    layers = f"level {verdict.sandbox.level}" if verdict.sandbox.level else "no code run"
    lines.append(f"  seed {verdict.seed}, {layers}, {verdict.seconds:.2f} s")
    if replay and not verdict.passed and verdict.sandbox.level:
        lines.append(f"  the same inputs again: {replay}")
    return "\n".join(lines) + "\n"


def lines(verdicts: Sequence[Verdict], *, many: bool = True, refused: Sequence[str] = ()) -> bytes:
    """The reports, and what was left out, in UTF-8."""
    return "".join([*map(render, verdicts), *(f"{left_out(line)}\n" for line in refused)]).encode()


def left_out(line: str) -> str:
    """What is said of a file or folder that was not looked at."""
    return f"left out: {one_line(line)}"


def part_lines(part: PartVerdict) -> Iterator[str]:
    """The lines for one part."""
    return _plain(fold_part(part))


def _plain(lines: Iterable[Line]) -> Iterator[str]:
    for line in lines:
        if line.kind == "part":
            yield f"  [{SIGNS.get(str(line.status), 'x')}] {line.text}"
        elif line.kind == "printed":
            yield "  your code printed:"
            yield from (f"    | {one}" for one in line.text.splitlines())
        elif line.kind == "strip":
            yield from (f"        {one}" for one in line.text.splitlines())
        elif line.kind != "value":  # a line of text has these in its message
            sign = "x " if line.kind == "check" else ""
            yield from _wrapped(sign + unquoted(line.text), INDENTS.get(line.kind, "        "))


def _wrapped(text: str, indent: str) -> Iterator[str]:
    """Lines of readable width; the line breaks of the text stay. None looks like a part's head, or like a command."""
    for line in text.split("\n"):
        for piece in textwrap.wrap(line, WIDTH, initial_indent=indent, subsequent_indent=indent + "  "):
            yield _HEAD.sub(rf"\1{CONTINUED}\2", piece)
