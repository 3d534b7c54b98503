"""Curves in files, for a spreadsheet (CSV) and for programs (JSON)."""

from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path

from grader.records.curves import Curves
from lessons import regular_file
from tutor.learner import workspace

FORMAT = 1
LARGEST = 64 << 20
"""Bytes of a file of curves."""
SUFFIXES = (".csv", ".json")


def write(curves: Curves, path: Path) -> None:
    """Writes curves as CSV or JSON, as the file's name ends; folders are made. Raises ValueError and WorkspaceError."""
    if path.suffix not in SUFFIXES:
        raise ValueError(f"Curves are written as .csv or .json, and {path.name} is neither.")
    workspace.save(path, as_csv(curves) if path.suffix == ".csv" else as_json(curves))


def write_both(curves: Curves, path: Path) -> list[Path]:
    """Writes PATH.csv and PATH.json beside each other. Raises WorkspaceError."""
    paths = [path.with_name(path.name + suffix) for suffix in SUFFIXES]
    for one in paths:
        write(curves, one)
    return paths


def as_csv(curves: Curves) -> str:
    """A column for the steps and one for each curve; empty where a curve has no point at a step."""
    rows: dict[tuple[int, int], dict[str, float]] = {}
    for name, curve in curves.items():
        seen: dict[int, int] = {}
        for step, value in curve:
            again = seen[step] = seen.get(step, -1) + 1  # a step may come twice
            rows.setdefault((step, again), {})[name] = value
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["step", *map(_no_formula, curves)])
    for place in sorted(rows):
        row = rows[place]
        writer.writerow([place[0], *(_number(row[name]) if name in row else "" for name in curves)])
    return out.getvalue()


def as_json(curves: Curves) -> str:
    """`{"format": 1, "curves": {"train/loss": {"steps": [..], "values": [..]}}}`; what is not finite is a text."""
    found = {
        name: {
            "steps": [step for step, _ in curve],
            "values": [value if math.isfinite(value) else _number(value) for _, value in curve],
        }
        for name, curve in curves.items()
    }
    return json.dumps({"format": FORMAT, "curves": found}, ensure_ascii=False) + "\n"


def read(path: Path) -> Curves:
    """The curves of a JSON file that `write` made. Raises OSError and ValueError."""
    data = json.loads(regular_file.read(path, LARGEST))
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ValueError(f"{path.name} holds no curves of format {FORMAT}.")
    try:
        return {
            name: [(int(step), float(value)) for step, value in zip(one["steps"], one["values"], strict=True)]
            for name, one in data["curves"].items()
        }
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"{path.name} holds no curves: {error}") from error


def _number(value: float) -> str:
    return repr(value)


def _no_formula(name: str) -> str:
    """A name that a spreadsheet does not compute."""
    return f"'{name}" if name[:1] in ("=", "+", "-", "@") else name
