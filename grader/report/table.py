"""Verdicts as a table in CSV: a row a part."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from grader.records.printable import one_line
from grader.records.verdict import PartVerdict, Verdict, number
from grader.report.told import told

COLUMNS = ("exercise", "part", "kind", "status", "score", "max", "checks", "passed", "mistakes", "message", "seed")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet would compute."""


def render(verdicts: Sequence[Verdict], *, many: bool = True, refused: Sequence[str] = ()) -> bytes:
    """The table, in UTF-8. What was left out is a row with the status `refused`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for verdict in verdicts:
        for part in verdict.parts:
            writer.writerow(map(safe, row(verdict, part)))
    for line in refused:
        writer.writerow([*[""] * 3, "refused", *[""] * 5, safe(one_line(line)), ""])
    return out.getvalue().encode()


def row(verdict: Verdict, part: PartVerdict) -> list[str]:
    """The cells of a part."""
    mistakes = [one.name for check in part.checks for one in check.diagnosis]
    alone = [one for one in told(verdict) if one.part == part.part and one.status != "passed"]
    return [
        verdict.exercise,
        part.part,
        part.kind,
        part.status,
        number(part.score),
        number(part.max),
        str(len(part.checks)),
        str(sum(check.status == "passed" for check in part.checks)),
        " ".join(dict.fromkeys(mistakes)),
        alone[0].message if alone else "",
        str(verdict.seed),
    ]


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before it, unless it is a number."""
    if not cell.startswith(FORMULA):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell
