"""A class, judged: by exercise, several learners to a judge, on whatever engine there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from msgspec.structs import replace

from grader.batch.chunk import Chunk, Engine, Task, state_of
from grader.batch.learners import Learner, handed_in_by
from grader.batch.ledger import Entry, Ledger, digest_of
from grader.grading import Cancel
from grader.questions.sheet import Answer
from grader.records.printable import one_line
from grader.records.verdict import Verdict
from grader.report.refused import refused_verdict
from grader.submission import Submission
from lessons.schema import Course, Exercise

TOGETHER, TO_A_JUDGE = 48, 12
"""Learners whose files are read at a time, and answers that one judge gets: what the reference yields is computed once
for them, and no more than these have to be judged again after a kill."""
Progress = Callable[[int, int], None]


@dataclass
class Summary:
    """How a run went. left_out: lines on what was not judged, by learner; "" for what is nobody's."""

    learners: int = 0
    judged: int = 0
    kept: int = 0
    """Verdicts that an earlier run had come to already."""
    renamed: int = 0
    """Files that have another name than their exercise, and were taken for its."""
    left_out: dict[str, list[str]] = field(default_factory=dict)


class ClassRun:
    """One run over a class."""

    def __init__(
        self, course: Course, exercises: Sequence[Exercise], ledger: Ledger, *, retry_ours: bool = False,
        trust_numbers: bool = False,
    ) -> None:  # fmt: skip
        self.course, self.ledger = course, ledger
        self.exercises = {one.id: one for one in exercises}
        self.retry_ours, self.trust_numbers = retry_ours, trust_numbers
        self.by = {one.id: state_of(one, ledger.seed) for one in exercises}
        self.done = {key: place for key, place in ledger.places().items() if not self._again(place.status)}
        self.read = 0
        """Learners whose files have been looked at."""
        self.open: Counter[str] = Counter()
        """By learner, how many answers have no verdict yet."""

    def _again(self, status: str) -> bool:
        return self.retry_ours and status == "grader_error"

    def run(self, learners: Sequence[Learner], engine: Engine, cancel: Cancel, progress: Progress) -> Summary:
        """Judges what has not been judged yet. Raises Cancelled, SandboxError and OSError."""
        summary = Summary(learners=len(learners))
        for chunk, verdicts in engine.judged(self._chunks(learners, summary), cancel):
            judged = zip(chunk.tasks, verdicts, strict=True)
            self.ledger.add(
                [Entry(task.learner, task.digest, _said(task.submission, one), task.source) for task, one in judged]
            )
            summary.judged += len(chunk.tasks)
            self.open -= Counter(task.learner for task in chunk.tasks)  # drops who has none left
            progress(self.read - len(self.open), len(learners))
        progress(len(learners), len(learners))
        return summary

    def _chunks(self, learners: Sequence[Learner], summary: Summary) -> Iterator[Chunk]:
        """What is to be judged. Files are read when the chunks before theirs have been taken."""
        for some in _by(TOGETHER, learners):
            tasks = self._tasks(some, summary)
            self.open.update(task.learner for task in tasks)
            self.read += len(some)
            for exercise in self.exercises.values():
                own = [task for task in tasks if task.submission.exercise.id == exercise.id]
                for few in _by(TO_A_JUDGE, own):
                    yield Chunk(exercise, self.by[exercise.id], tuple(few))

    def _tasks(self, some: Sequence[Learner], summary: Summary) -> list[Task]:
        """What is to be judged of some learners."""
        tasks: list[Task] = []
        for learner in some:
            refused: list[str] = []
            with handed_in_by(learner, self.course, refused) as found:
                for submission in found:
                    exercise = submission.exercise.id
                    if exercise not in self.exercises:
                        continue
                    digest = digest_of(submission, self.by[exercise])
                    place = self.done.get((learner.name, exercise))
                    if place is not None and place.digest == digest:
                        summary.kept += 1
                    else:
                        tasks.append(Task(learner.name, submission, digest, self._answer(submission)))
                    summary.renamed += bool(submission.note)
            if refused:
                summary.left_out[learner.name] = refused
        return tasks

    def _answer(self, submission: Submission) -> Answer:
        exercise = self.exercises[submission.exercise.id]
        return Answer.of(
            exercise, self.ledger.seed, source=submission.source, given=submission.answers, trusted=self.trust_numbers
        )


def _said(submission: Submission, verdict: Verdict) -> Verdict:
    """The verdict with what is to be said of the file: why it was refused, or under which other name it was taken."""
    if submission.refused:
        return refused_verdict(verdict, submission.refused)
    if submission.note:
        return replace(verdict, message=verdict.message or one_line(submission.note))
    return verdict


T = TypeVar("T")


def _by(count: int, of: Sequence[T]) -> Iterator[Sequence[T]]:
    """`count` at a time."""
    return (of[start : start + count] for start in range(0, len(of), count))
