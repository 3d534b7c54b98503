"""The measured lines: as a table to read, as CSV to keep, and as Markdown for the documentation."""

import csv
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """One row in one mode, "forward" or "backward". Times are microseconds, errors relative, memory bytes.

    `kind` is the row's, for the crossovers.
    """

    name: str
    kind: str
    size: int
    mode: str
    floor: float
    ours: float
    noise: float
    eager: float | None
    compile: float | None
    library: float | None
    library_name: str
    graph: float | None
    error: float | None
    eager_error: float | None
    memory: int | None
    eager_memory: int | None
    predicted: float | None
    backend: str

    @property
    def of_floor(self) -> float:
        """The part of our time that no implementation could save."""
        return self.floor / self.ours

    def gain(self, other: float | None) -> str:
        """How many times longer another way takes; "=" where the difference is within the noise."""
        if other is None:
            return ""
        ratio = other / self.ours
        return "=" if abs(ratio - 1) <= self.noise else f"{ratio:.2f}x"

    def faster_than(self, other: float | None) -> bool:
        """Whether ours is faster by more than the noise."""
        return other is not None and other / self.ours > 1 + self.noise


def _time(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.1f}" if value < 1000 else f"{value:,.0f}"


def _megabytes(value: int | None) -> str:
    return "" if value is None else f"{value / 2**20:,.0f}"


def _error(value: float | None) -> str:
    return "" if value is None else f"{value:.0e}"


def _hit(line: Line) -> str:
    if line.predicted is None:
        return ""
    return f"{_time(line.predicted)} {'yes' if line.ours <= line.predicted else 'no'}"


COLUMNS: tuple[tuple[str, Any], ...] = (
    ("what", lambda line: line.name),
    ("mode", lambda line: line.mode),
    ("floor µs", lambda line: _time(line.floor)),
    ("ours µs", lambda line: _time(line.ours)),
    ("% of floor", lambda line: f"{100 * line.of_floor:.0f}"),
    ("eager µs", lambda line: _time(line.eager)),
    ("gain", lambda line: line.gain(line.eager)),
    ("compile µs", lambda line: _time(line.compile)),
    ("gain", lambda line: line.gain(line.compile)),
    ("library µs", lambda line: f"{_time(line.library)} {line.library_name}".strip()),
    ("gain", lambda line: line.gain(line.library)),
    ("graph µs", lambda line: _time(line.graph)),
    ("error", lambda line: _error(line.error)),
    ("eager's", lambda line: _error(line.eager_error)),
    ("MB", lambda line: _megabytes(line.memory)),
    ("eager's", lambda line: _megabytes(line.eager_memory)),
    ("H200 predicted", _hit),
)


def text(lines: list[Line]) -> Iterator[str]:
    """The table in plain lines; columns that are empty throughout are left out."""
    cells = [[str(value(line)) for _, value in COLUMNS] for line in lines]
    shown = [place for place in range(len(COLUMNS)) if any(row[place] for row in cells)]
    heads = [COLUMNS[place][0] for place in shown]
    widths = [max(len(head), *(len(row[place]) for row in cells)) for head, place in zip(heads, shown, strict=True)]
    yield "  ".join(
        head.ljust(width) if number < 2 else head.rjust(width)
        for number, (head, width) in enumerate(zip(heads, widths, strict=True))
    )
    for row in cells:
        yield "  ".join(
            row[place].ljust(width) if number < 2 else row[place].rjust(width)
            for number, (place, width) in enumerate(zip(shown, widths, strict=True))
        )


def brief(line: Line) -> str:
    """A line as it is measured: what comes to a screen while the table grows."""
    others = [("eager", line.eager), ("compiled", line.compile), (line.library_name or "library", line.library)]
    gains = ", ".join(f"{name} {_time(value)} ({line.gain(value)})" for name, value in others if value is not None)
    return f"  {line.mode:8} ours {_time(line.ours)} µs; {gains}"


def markdown(lines: list[Line]) -> Iterator[str]:
    """The same for a Markdown file."""
    cells = [[str(value(line)) for _, value in COLUMNS] for line in lines]
    shown = [place for place in range(len(COLUMNS)) if any(row[place] for row in cells)]
    yield "| " + " | ".join(COLUMNS[place][0] for place in shown) + " |"
    yield "|" + "|".join("---" if number < 2 else "--:" for number in range(len(shown))) + "|"
    for row in cells:
        yield "| " + " | ".join(row[place] for place in shown) + " |"


def append(path: Path, line: Line, machine: dict[str, str]) -> None:
    """Adds a line to a CSV file, with the machine it was measured on. A run that is cut off keeps what it has."""
    record = {**machine, **asdict(line)}
    new = not path.exists()
    with path.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, record)
        if new:
            writer.writeheader()
        writer.writerow(record)
