"""Verdicts as a table in CSV: a row a part."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from grader.records.printable import one_line
from grader.records.verdict import PartVerdict, Verdict, number
from grader.report.told import told

COLUMNS = ("exercise", "part", "kind", "status", "score", "max", "checks", "passed", "mistakes", "message", "seed")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet would compute."""


def render(verdicts: Sequence[Verdict], *, many: bool = True, refused: Sequence[str] = ()) -> bytes:
    """The table, in UTF-8. What was left out is a row with the status `refused`."""
    rows: list[Sequence[str]] = [COLUMNS]
    for verdict in verdicts:
        wrong: dict[str, str] = {}  # by part, the message of the first that was not passed
        for one in told(verdict):
            if one.status != "passed":
                wrong.setdefault(one.part, one.message)
        rows += [_row(verdict, part, wrong.get(part.part, "")) for part in verdict.parts]
    rows += [[*[""] * 3, "refused", *[""] * 5, one_line(line), ""] for line in refused]
    return csv_of(rows)


def _row(verdict: Verdict, part: PartVerdict, message: str) -> list[str]:
    """The cells of a part."""
    return [
        verdict.exercise,
        part.part,
        part.kind,
        part.status,
        number(part.score),
        number(part.max),
        str(len(part.checks)),
        str(sum(check.status == "passed" for check in part.checks)),
        " ".join(mistakes_of([part])),
        message,
        str(verdict.seed),
    ]


def mistakes_of(parts: Iterable[PartVerdict]) -> list[str]:
    """The names of what is wrong in some parts, each once."""
    checks = (check for part in parts for check in part.checks)
    return list(dict.fromkeys(one.name for check in checks for one in check.diagnosis))


def csv_of(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV in UTF-8, none of whose cells is computed by a spreadsheet."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before it, unless it is a number."""
    if not cell.startswith(FORMULA):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell
