"""The verdict: the one record that every face shows and every report format is made from.

Its JSON is an interface (documented in docs/verdict.md, versioned by `format`, pinned by golden files). Numbers
that a person reads are display strings; figures (`share`, `abs`, `rel`, `seconds`, scores) are numbers.
"""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from grader.records.printable import Printable

FORMAT: Literal[1] = 1

Status = Literal["passed", "failed", "error", "timeout", "memory", "crashed", "forbidden", "skipped", "grader_error"]

SEVERITY: tuple[Status, ...] = (
    "grader_error",
    "forbidden",
    "crashed",
    "memory",
    "timeout",
    "error",
    "failed",
    "skipped",
    "passed",
)
"""Worst first: a part has the status of its worst check, a verdict that of its worst part."""


class Record(Printable, frozen=True, kw_only=True):
    """Part of a verdict. Its texts are safe to print, whoever they came from."""


class Diagnosis(Record, frozen=True, kw_only=True):
    """What a wrong answer looks like: `name` is a diagnosis of ours or a mistake of the exercise."""

    name: str
    message: str


class Check(Record, frozen=True, kw_only=True):
    """One comparison. `cls` (JSON: class) says whether it rests on values or on observations that code could forge."""

    label: str
    cls: Literal["value", "observation"] = msgspec.field(name="class", default="value")
    status: Status
    score: float
    max: float
    message: str = ""
    input: str | None = None
    """What the learner's code was given, where it fails: small inputs whole, of large ones shape, dtype, a corner."""
    expected: str | None = None
    got: str | None = None
    where: str | None = None
    """Where the first difference lies, e.g. `dx[3, 0]`; for an error the learner's line, e.g. `line 7`."""
    share: float | None = None
    """Share of elements that are wrong, 0 to 1."""
    abs: float | None = None
    """Largest absolute error."""
    rel: float | None = None
    """Largest relative error."""
    strip: str | None = None
    """Which elements of one or two dimensions are wrong: a line a row, `x` wrong, `.` right."""
    diagnosis: tuple[Diagnosis, ...] = ()
    hint: str | None = None


ODD = ("nan", "inf", "-inf")
"""How JSON says what it has no number for."""


class LoggedCurve(Record, frozen=True, kw_only=True):
    """What was logged under one name in a run: the learner's points, and the reference's on the same inputs.

    Values are numbers, or the texts "nan", "inf" and "-inf". The learner's come from their own process.
    """

    name: str
    steps: tuple[int, ...] = ()
    values: tuple[float | str, ...] = ()
    reference_steps: tuple[int, ...] = ()
    reference_values: tuple[float | str, ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError, which makes it no verdict where it was read, for points that are none."""
        super().__post_init__()
        for steps, values in ((self.steps, self.values), (self.reference_steps, self.reference_values)):
            if len(steps) != len(values) or any(isinstance(one, str) and one not in ODD for one in values):
                raise ValueError("these are no points of a curve")

    @property
    def points(self) -> list[tuple[int, float]]:
        """The learner's: step and value."""
        return [(step, float(value)) for step, value in zip(self.steps, self.values, strict=True)]

    @property
    def reference_points(self) -> list[tuple[int, float]]:
        """The reference's."""
        return [(step, float(value)) for step, value in zip(self.reference_steps, self.reference_values, strict=True)]


class PartVerdict(Record, frozen=True, kw_only=True):
    """The verdict on one part."""

    part: str
    kind: str
    status: Status
    score: float
    max: float
    message: str = ""
    """One sentence for the part: what a pass rests on, or why there are no checks."""
    where: str | None = None
    """The line of the learner's file that the message is about, e.g. `line 7`."""
    checks: tuple[Check, ...] = ()
    curves: tuple[LoggedCurve, ...] = ()
    """Of an experiment: what it logged."""
    opens: tuple[str, ...] = ()
    """The conditions of the part's hints that are met: what their `when` names."""


class Output(Record, frozen=True, kw_only=True):
    """What the learner's code printed: the first and last characters, and how many between were left out."""

    head: str = ""
    tail: str = ""
    omitted: int = 0

    @property
    def text(self) -> str:
        if not self.omitted:
            return self.head + self.tail
        return f"{self.head}\n[... {self.omitted} characters left out ...]\n{self.tail}"


class Sandbox(Record, frozen=True, kw_only=True):
    """What stood between the learner's code and the machine."""

    level: int
    layers: tuple[str, ...]
    landlock_abi: int | None = None
    """The version of Landlock that was in force."""


class DataUse(Record, frozen=True, kw_only=True):
    """A data set that the code names: the real one, or what stands in for it."""

    id: str
    name: str
    """Of what lay there, e.g. `drawn-garments`."""
    real: bool
    notice: str = ""
    """What is to be said of a stand-in."""


class Verdict(Record, frozen=True, kw_only=True):
    """The verdict on an exercise, or on some of its parts."""

    format: Literal[1] = FORMAT
    exercise: str
    score: float
    max: float
    parts: tuple[PartVerdict, ...]
    status: Status
    message: str = ""
    """One sentence where the whole was not judged part by part: a crash, a refusal, a cancelled run."""
    output: Output = Output()
    seconds: float = 0.0
    seed: int = 0
    device: str = "cpu"
    sandbox: Sandbox = Sandbox(level=0, layers=())
    versions: dict[str, str] = {}
    data: tuple[DataUse, ...] = ()
    scale: float | UnsetType = UNSET
    """How many times as long as the reference machine this one takes, where that is not 1: budgets grew by it."""

    @property
    def passed(self) -> bool:
        return self.status == "passed"

    def part(self, id: str) -> PartVerdict | None:
        return next((part for part in self.parts if part.part == id), None)


def worst(statuses: list[Status]) -> Status:
    """The worst of some statuses; of none: passed. Skipped parts do not keep the rest from passing."""
    ranked = [status for status in SEVERITY if status in statuses]
    if ranked and ranked[0] == "skipped" and "passed" in ranked:
        return "passed"
    return ranked[0] if ranked else "passed"


def number(score: float) -> str:
    """A score without needless zeros."""
    return f"{score:.2f}".rstrip("0").rstrip(".")


def to_json(verdict: Verdict) -> bytes:
    """The verdict's JSON, indented, ending in a newline."""
    return msgspec.json.format(msgspec.json.encode(verdict), indent=2) + b"\n"


def from_json(data: bytes | str) -> Verdict:
    """Raises msgspec.ValidationError where the data is no verdict of this format."""
    return msgspec.json.decode(data, type=Verdict)
