"""A class, judged: by exercise, several learners to a judge, on as many zygotes as there are cores."""

from __future__ import annotations

import hashlib
import queue
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from grader import secret
from grader.batch.learners import Learner, handed_in_by
from grader.batch.ledger import Entry, Ledger, digest_of
from grader.grading import Cancel, Grader
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


@dataclass(frozen=True)
class Task:
    """An answer that is to be judged."""

    learner: str
    submission: Submission
    digest: str

    @property
    def source(self) -> str | None:
        """The file, as text that JSON can hold."""
        text = self.submission.source
        return text if text is None else text.encode("utf-8", "replace").decode()


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
        self, course: Course, exercises: Sequence[Exercise], ledger: Ledger, *, jobs: int, allow_level_1: bool = False,
        retry_ours: bool = False, trust_numbers: bool = False,
    ) -> None:  # fmt: skip
        self.course, self.ledger, self.jobs = course, ledger, jobs
        self.exercises = {one.id: one for one in exercises}
        self.allow_level_1, self.retry_ours, self.trust_numbers = allow_level_1, retry_ours, trust_numbers
        self.by = {one.id: _state_of(one, ledger.seed) for one in exercises}
        self.done = {key: place for key, place in ledger.places().items() if not self._again(place.status)}

    def _again(self, status: str) -> bool:
        return self.retry_ours and status == "grader_error"

    def run(self, learners: Sequence[Learner], cancel: Cancel, progress: Progress) -> Summary:
        """Judges what has not been judged yet. Raises Cancelled, Refused and OSError."""
        summary = Summary(learners=len(learners))
        with ExitStack() as stack:
            free: queue.SimpleQueue[Grader] = queue.SimpleQueue()
            for _ in range(self.jobs):
                free.put(stack.enter_context(Grader(allow_level_1=self.allow_level_1)))
            pool = stack.enter_context(ThreadPoolExecutor(self.jobs))
            stack.callback(cancel.set)  # before the pool is waited for, where something has been raised
            seen = 0
            for some in _by(TOGETHER, learners):
                for chunk in self._judged(self._tasks(some, summary), pool, free, cancel):
                    self.ledger.add(chunk)
                    summary.judged += len(chunk)
                seen += len(some)
                progress(seen, len(learners))
        return summary

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
                        tasks.append(Task(learner.name, submission, digest))
                    summary.renamed += bool(submission.note)
            if refused:
                summary.left_out[learner.name] = refused
        return tasks

    def _judged(
        self, tasks: list[Task], pool: ThreadPoolExecutor, free: queue.SimpleQueue[Grader], cancel: Cancel
    ) -> Iterator[list[Entry]]:
        """The verdicts as they come."""

        def judge(exercise: Exercise, some: Sequence[Task]) -> list[Entry]:
            grader = free.get()
            try:
                return self._chunk(exercise, some, grader, cancel)
            finally:
                free.put(grader)

        waiting: set[Future[list[Entry]]] = set()
        for exercise in self.exercises.values():
            own = [task for task in tasks if task.submission.exercise.id == exercise.id]
            for some in _by(TO_A_JUDGE, own):
                waiting.add(pool.submit(judge, exercise, some))
        while waiting:
            ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for one in ready:
                yield one.result()

    def _chunk(self, exercise: Exercise, some: Sequence[Task], grader: Grader, cancel: Cancel) -> list[Entry]:
        answers = [self._answer(exercise, task) for task in some]
        graded = grader.grade_all(exercise, answers, cancel=cancel)
        verdicts = [one.verdict for one in graded]
        for place, verdict in enumerate(verdicts):
            if verdict.status == "grader_error" and len(some) > 1:  # another answer may have cost this one its judge
                verdicts[place] = grader.grade_all(exercise, [answers[place]], cancel=cancel)[0].verdict
        return [
            Entry(task.learner, task.digest, _said(task.submission, verdict), task.source)
            for task, verdict in zip(some, verdicts, strict=True)
        ]

    def _answer(self, exercise: Exercise, task: Task) -> Answer:
        seed = self.ledger.seed
        return Answer(
            source=task.submission.source,
            given=task.submission.answers,
            parts=exercise.parts,
            seed=seed,
            nonce=secret.inputs(seed, exercise.id),
            randomness=secret.number("worker", exercise.id, seed),
            trusted=self.trust_numbers,
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


def _state_of(exercise: Exercise, seed: int) -> str:
    """What an exercise is judged by: its files, and the seed."""
    made = hashlib.sha256(str(seed).encode())
    for path in sorted(exercise.folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            made.update(str(path.relative_to(exercise.folder)).encode() + b"\0" + Path(path).read_bytes())
    return made.hexdigest()
