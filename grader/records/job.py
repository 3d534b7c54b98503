"""What the judge is asked to do: plain data from the host, so that the judge reads no course format."""

from __future__ import annotations

import msgspec

NO_FLOAT64 = "the reference takes no float64"
"""Said where a part asks for a reference in float64 that cannot be computed in it."""


class HintRung(msgspec.Struct, frozen=True):
    """A hint that opens early: for a failure class, a status, or the name of a finding or mistake."""

    when: str
    text: str


class PartJob(msgspec.Struct, frozen=True, kw_only=True):
    """A part whose answer is the learner's file."""

    id: str
    kind: str
    entry: str
    outputs: tuple[str, ...] = ()
    points: float
    seconds: float
    operation: str = "elementwise"
    precision: str = "given"
    """`float64`: the reference's tensors are computed in float64 and rounded."""
    forbid: tuple[str, ...] = ()
    hints: tuple[HintRung, ...] = ()


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """The learner's source, and the parts of an exercise to judge it by. `folder` holds the reference."""

    exercise: str
    folder: str
    parts: tuple[PartJob, ...]
    source: str
    name: str
    seed: int
    seconds: float
    """CPU seconds of all parts together."""
    entries: dict[str, str]
    """Part -> entry, for all parts of the exercise that run code, also those not judged now."""
    survey: bool = False
    """Whether nothing is to be judged, and only told what the parts hold; see grader.judge.survey."""
