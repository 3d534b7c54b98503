"""Verdicts that were kept as JSON, written in another format: nothing is judged again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import msgspec

from grader.records.verdict import Verdict, from_json
from grader.report.formats import FORMATS, SUMMARY
from grader.report.json import Envelope
from grader.submission import BadSubmission
from lessons.regular_file import read

MOST = 64 << 20
"""Bytes of a file of verdicts."""


def verdicts_of(path: Path) -> tuple[list[Verdict], list[str]]:
    """The verdicts in a file of `--format json`, and what was left out. Raises BadSubmission and OSError."""
    data = read(path, MOST + 1)
    if len(data) > MOST:
        raise BadSubmission(f"{path} is larger than {MOST >> 20} MB, which no file of verdicts is.")
    try:
        if b'"verdicts"' in data:
            found = msgspec.json.decode(data, type=Envelope)
            return list(found.verdicts), list(found.refused)
        return [from_json(data)], []
    except (msgspec.DecodeError, ValueError, RecursionError) as error:  # ValidationError is a DecodeError
        raise BadSubmission(f"{path} holds no verdict: {error}. Write one with: --format json") from None


def sum_up(verdicts: list[Verdict], refused: list[str]) -> None:
    """Adds to the summary of the job, where a GitHub workflow runs. Raises OSError."""
    if file := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(file).open("a", encoding="utf-8") as out:
            out.write(SUMMARY(verdicts, refused))


def rendered(paths: list[Path], form: str) -> bytes:
    """The verdicts of several files in a format. Raises BadSubmission and OSError."""
    all_of: list[Verdict] = []
    left: list[str] = []
    for path in paths:
        verdicts, refused = verdicts_of(path)
        all_of += verdicts
        left += refused
    if form == "github":
        sum_up(all_of, left)
    options: dict[str, Any] = {"many": len(all_of) != 1 or bool(left), "refused": left}
    return FORMATS[form](all_of, **options)
