"""What the judge is asked to do: plain data from the host, so that the judge reads no course format."""

from __future__ import annotations

import msgspec

NO_FLOAT64 = "the reference takes no float64"
"""Said where a part asks for a reference in float64 that cannot be computed in it."""


class HintRung(msgspec.Struct, frozen=True):
    """A hint with a condition: a failure class, a status, or the name of a finding or mistake."""

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
    """Its budget, CPU seconds of the reference machine."""
    operation: str = "elementwise"
    precision: str = "given"
    """`float64`: the reference's tensors are computed in float64 and rounded."""
    forbid: tuple[str, ...] = ()
    hints: tuple[HintRung, ...] = ()


class HandIn(msgspec.Struct, frozen=True, kw_only=True):
    """A file to be judged. seed: what its inputs are drawn from. randomness: what its own process draws from."""

    source: str
    seed: int
    randomness: int
    parts: tuple[PartJob, ...]
    probed: int = 0
    """For how many seeds, at most, the linter asks whether a right answer always passes; and then also whether a value
    that knows nothing would pass in its place. 0 asks nothing."""
    near: bool = True
    """Whether it is looked for a change that makes a right answer of a wrong one; nobody reads that of the linter's."""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """Files to be judged by one exercise, one after the other.
    A learner's attempt is one file. The linter hands in many, so that what the reference yields is computed once.
    """

    exercise: str
    path: str
    """The path of reference.py, and its text. It was read once, by whoever asks."""
    reference: str
    fixtures: str
    """The text of fixtures.py, which is public; empty where there is none."""
    name: str
    """What the learner's file is called in tracebacks."""
    entries: dict[str, str]
    """Part -> entry, for all parts of the exercise that run code, also those not judged now."""
    answers: tuple[HandIn, ...]
    survey: bool = False
    """Whether nothing is to be judged, and only told what the parts of the first file hold; see grader.judge.survey."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The texts of everything that is run for it."""
        return (*(answer.source for answer in self.answers), self.reference, self.fixtures)

    @property
    def seconds(self) -> float:
        """CPU seconds of the longest answer, all its parts together."""
        return max(sum(part.seconds for part in answer.parts) for answer in self.answers)
