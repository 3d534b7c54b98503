"""How a class did, as one record, which each face of it is made from. Its texts are safe to print."""

from __future__ import annotations

from grader.records.verdict import Record

CAUTION = (
    "Similar code is no proof of copying. Short exercises leave little room to differ, and learners may work together, "
    "use the same sources, or mend their code by the same feedback. Look at both, and talk to both."
)
BORDER = "Code that the course shows, and what many in the class wrote, is left out of the comparison."


class PartRate(Record, frozen=True, kw_only=True):
    """How many passed a part, of those in whose hand-in it was judged."""

    part: str
    passed: int
    judged: int


class Mistake(Record, frozen=True, kw_only=True):
    """A mistake or finding by name, and who made it."""

    name: str
    message: str
    learners: tuple[str, ...]
    own: bool = True
    """Whether the exercise names it; False for a finding that says only what the result looks like."""


class Variant(Record, frozen=True, kw_only=True):
    """Wrong answers of a cluster whose code is the same but for names, comments and layout."""

    learners: tuple[str, ...]
    skeleton: str = ""
    """What begins a mistake in `reference.py`; empty where the code cannot be read, or lacks what is asked for."""


class Cluster(Record, frozen=True, kw_only=True):
    """Wrong answers that no mistake names, and that fail alike."""

    part: str
    checks: tuple[str, ...]
    """The labels of those that fail."""
    finding: str
    """What we can say of it, by name; mostly empty."""
    outcome: str
    """The first that fails, in words."""
    learners: tuple[str, ...]
    variants: tuple[Variant, ...]


class Side(Record, frozen=True, kw_only=True):
    """One of two files that are compared. marked: numbers of the lines that the other one has too."""

    learner: str
    lines: tuple[str, ...]
    marked: tuple[int, ...]


class Pair(Record, frozen=True, kw_only=True):
    """Two files that have much in common. share: of the smaller one's fingerprints, 0 to 1."""

    left: Side
    right: Side
    shared: int
    share: float
    same: bool
    """Whether they are the same but for names, comments and layout."""


class Practice(Record, frozen=True, kw_only=True):
    """What learners' own records say of an exercise: medians over those who have one."""

    records: int
    hints: float
    solutions: int
    """How many had the solution shown before they passed."""
    minutes: float


class ExerciseReview(Record, frozen=True, kw_only=True):
    """How a class did in an exercise."""

    exercise: str
    title: str
    handed_in: int
    passed: int
    skipped: int = 0
    """Parts that were not judged, of all learners."""
    ours: int = 0
    """Answers that could not be judged by a fault of ours."""
    parts: tuple[PartRate, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    pairs: tuple[Pair, ...] = ()
    more: int = 0
    """Pairs beside those that are shown."""
    uncompared: int = 0
    """Files whose code could not be read, or was not kept."""
    practice: Practice | None = None


class ClassReview(Record, frozen=True, kw_only=True):
    """How a class did. notes: sentences on what was not looked at."""

    course: str
    learners: int
    exercises: tuple[ExerciseReview, ...]
    notes: tuple[str, ...] = ()
