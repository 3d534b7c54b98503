"""Every format that verdicts are written in, by its name: docs/formats.md has them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from grader.records.verdict import Verdict
from grader.report import exercism, github, gradescope, json, junit, sheet, table, text


class Render(Protocol):
    """Makes the bytes of a format."""

    def __call__(self, verdicts: Sequence[Verdict], *, many: bool, refused: Sequence[str] = ()) -> bytes:
        """many: whether several were asked for. refused: lines on what was not looked at."""
        ...


FORMATS: dict[str, Render] = {
    "text": text.lines,
    "json": json.render,
    "junit": junit.render,
    "gradescope": gradescope.render,
    "exercism": exercism.render,
    "github": github.render,
    "csv": table.render,
    "markdown": sheet.markdown,
    "html": sheet.html,
}
SUMMARY: Callable[[Sequence[Verdict], Sequence[str]], str] = github.summary
"""What a job of a GitHub workflow is summed up by."""
