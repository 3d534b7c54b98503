"""Verdicts as annotations of GitHub's workflows, and as the summary of a job.

What a runner reads from standard output can be a command. Texts of learners are in the values of ours alone, where a
line break or a percent sign is written in another way; whatever else is printed comes from nobody but us.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.records.printable import one_line
from grader.records.verdict import Verdict
from grader.report.fold import WORDS, points
from grader.report.told import Told, told

LEVEL = {"skipped": "notice", "failed": "error"}
MOST = 10
"""Annotations of a kind that a step may have; further ones are not shown there, and so not written."""


def render(verdicts: Sequence[Verdict], *, many: bool = True, refused: Sequence[str] = ()) -> bytes:
    """The commands, one a line."""
    lines: list[str] = []
    count: dict[str, int] = {}
    for verdict in verdicts:
        for one in told(verdict):
            if one.status == "passed":
                continue
            level = LEVEL.get(one.status, "error")
            count[level] = count.get(level, 0) + 1
            if count[level] <= MOST:
                lines.append(_command(level, one))
    for line in refused:
        count["error"] = count.get("error", 0) + 1
        if count["error"] <= MOST:
            lines.append(f"::error title=left out::{_data(one_line(line))}")
    for level, number in count.items():
        if number > MOST:
            lines.append(f"::notice title=dl-grader::{number - MOST} more of the kind {level}; see the job's summary")
    return "".join(f"{line}\n" for line in lines).encode()


def summary(verdicts: Sequence[Verdict], refused: Sequence[str] = ()) -> str:
    """The job's summary, in Markdown."""
    return "\n".join(_summary(verdicts, refused)) + "\n"


def _summary(verdicts: Sequence[Verdict], refused: Sequence[str]) -> Iterator[str]:
    yield "| exercise | part | verdict | points |"
    yield "|---|---|---|---|"
    for verdict in verdicts:
        for part in verdict.parts:
            score = f"{part.score:g} of {part.max:g}"
            yield f"| {cell(verdict.exercise)} | {cell(part.part)} | {WORDS[part.status]} | {score} |"
    for verdict in verdicts:
        failed = [one for one in told(verdict) if one.status not in ("passed", "skipped")]
        if not failed:
            continue
        yield f"\n### {cell(verdict.exercise)}: {points(verdict)}\n"
        for one in failed:
            yield f"**{cell(one.part)}, {cell(one.name)}**\n"
            yield from fenced(one.text)
            yield ""
    skipped = sum(part.status == "skipped" for verdict in verdicts for part in verdict.parts)
    if skipped:
        yield f"\n{skipped} skipped, so not everything was judged."
    for line in refused:
        yield f"\nleft out: {cell(one_line(line))}"


def _command(level: str, one: Told) -> str:
    named = {
        "file": f"{one.exercise}.py",
        "line": str(one.line) if one.line else "",
        "title": f"{one.part}: {one.name}",
    }
    properties = ",".join(f"{name}={_property(value)}" for name, value in named.items() if value)
    return f"::{level} {properties}::{_data(one.text or one.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def cell(text: str) -> str:
    """A text in a table or a line of Markdown: none of its signs means anything."""
    plain = one_line(text)
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]<>()#+-.!|~&$@:" else sign for sign in plain)


def fenced(text: str) -> Iterator[str]:
    """A text as it is, in a block of code that it cannot leave."""
    fence = "```"
    while fence in text:
        fence += "`"
    yield f"{fence}text"
    yield text
    yield fence
