"""How verdicts count that a command asks for: as their exercises have it, or as an assignment does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader.batch.assignment import IN_TIME, Assignment, HandedIn, at_time, load, seed_of
from grader.command.options import Options
from grader.records.verdict import Verdict
from grader.report.gradescope import Earlier, Visibility
from grader.submission import BadSubmission, Submission
from lessons import regular_file
from lessons.schema import Course

LARGEST = 64 << 20
"""Bytes of Gradescope's metadata, which has the results of all earlier attempts."""


class _Attempt(msgspec.Struct):
    score: float | str | None = None
    autograder_error: bool = False


class _Metadata(msgspec.Struct):
    """What is of use in `submission_metadata.json`."""

    created_at: str
    previous_submissions: list[_Attempt] = []


@dataclass(frozen=True)
class Marking:
    """handed: when it was handed in. earlier: the points of attempts before this one, the first of them first."""

    assignment: Assignment | None = None
    handed: HandedIn = IN_TIME
    earlier: tuple[float, ...] = ()
    seed: int | None = None
    trust_numbers: bool = False

    def chosen(self, found: Sequence[Submission], refused: list[str], *, whole: bool) -> list[Submission]:
        """What is judged of what was found. whole: whether that is all that somebody has handed in, so that exercises
        of the assignment which are not among it are worth nothing."""
        if self.assignment is None:
            return list(found)
        by = {one.exercise.id: one for one in found if one.exercise.id in self.assignment.points}
        for one in found:
            if one.exercise.id not in by:
                refused.append(
                    f"{one.path or one.exercise.id}: {one.exercise.id} is not set in {self.assignment.title}."
                )
        missing = [Submission(one, None) for one in self.assignment.exercises if whole and one.id not in by]
        order = {one.id: place for place, one in enumerate(self.assignment.exercises)}
        kept = [one for one in found if one.exercise.id in by]
        return sorted([*kept, *missing], key=lambda one: order[one.exercise.id])

    def marked(self, verdict: Verdict) -> Verdict:
        """The verdict in the points that count."""
        return verdict if self.assignment is None else self.assignment.marked(verdict, self.handed)

    @property
    def before(self) -> Earlier | None:
        """What counts of attempts before this one; None where nothing says how many do."""
        most = self.assignment.attempts if self.assignment else None
        return Earlier(self.earlier, most) if most is not None else None

    @property
    def visibility(self) -> Visibility:
        return self.assignment.visibility if self.assignment else "visible"

    @property
    def spent(self) -> bool:
        """Whether all attempts that count have been made."""
        return self.before is not None and self.before.spent


def marking_of(options: Options, course: Course) -> Marking:
    """How the verdicts of a command line count. Raises BadSubmission, LessonError and OSError."""
    if options.assignment is None:
        if options.handed_in is not None or options.metadata is not None:
            raise BadSubmission("When something was handed in counts in an assignment alone: say --assignment FILE.")
        return Marking(seed=options.seed, trust_numbers=options.trust_numbers)
    assignment = load(options.assignment, course)
    said = options.handed_in
    earlier: tuple[float, ...] = ()
    if options.metadata is not None:
        metadata = _metadata(options.metadata)
        said = said or metadata.created_at
        earlier = tuple(float(one.score or 0) for one in metadata.previous_submissions if not one.autograder_error)
    try:
        handed = HandedIn(at_time(said, assignment.zone)) if said else IN_TIME
    except ValueError as error:
        raise BadSubmission(f"{said!r} is no time ({error}); write it like 2026-10-15T23:59+02:00.") from None
    return Marking(
        assignment, handed, earlier, seed_of(options.seed, assignment),
        options.trust_numbers or assignment.trust_numbers,
    )  # fmt: skip


def _metadata(path: Path) -> _Metadata:
    try:
        found = msgspec.json.decode(regular_file.read(path, LARGEST), type=_Metadata)
        [float(one.score or 0) for one in found.previous_submissions]
        return found
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise BadSubmission(f"{path} is no submission_metadata.json of Gradescope's ({error}).") from None
