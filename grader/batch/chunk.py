"""Answers of several learners to one exercise, for one judge: in such portions a class is judged, here or elsewhere."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from grader.grading import Cancel, Grader
from grader.questions.sheet import Answer
from grader.records.verdict import Verdict
from grader.submission import Submission
from lessons.schema import Exercise


@dataclass(frozen=True)
class Task:
    """An answer that is to be judged. digest: of what was handed in, and of what it is judged by."""

    learner: str
    submission: Submission
    digest: str
    answer: Answer

    @property
    def source(self) -> str | None:
        """The file, as text that JSON can hold."""
        text = self.submission.source
        return text if text is None else text.encode("utf-8", "replace").decode()


@dataclass(frozen=True)
class Chunk:
    """Tasks of one exercise. by: the state of the exercise and the seed, see `state_of`."""

    exercise: Exercise
    by: str
    tasks: tuple[Task, ...]

    @property
    def answers(self) -> list[Answer]:
        return [task.answer for task in self.tasks]


Judged = tuple[Chunk, Sequence[Verdict]]
"""A chunk, and the verdict on each of its tasks."""


class Engine(Protocol):
    """What judges chunks, at once as many as it can."""

    def judged(self, chunks: Iterator[Chunk], cancel: Cancel) -> Iterable[Judged]:
        """Chunks with their verdicts, as they come; takes no more of them than it will soon begin with.

        Raises Cancelled and SandboxError.
        """
        ...


def judge(grader: Grader, exercise: Exercise, answers: Sequence[Answer], cancel: Cancel | None = None) -> list[Verdict]:
    """The verdicts on some answers. Raises Cancelled and Refused."""
    verdicts = [one.verdict for one in grader.grade_all(exercise, answers, cancel=cancel)]
    for place, verdict in enumerate(verdicts):
        if verdict.status == "grader_error" and len(answers) > 1:  # another answer may have cost this one its judge
            verdicts[place] = grader.grade_all(exercise, [answers[place]], cancel=cancel)[0].verdict
    return verdicts


def state_of(exercise: Exercise, seed: int) -> str:
    """What an exercise is judged by: its files, and the seed. Raises OSError."""
    made = hashlib.sha256(str(seed).encode())
    for path in sorted(exercise.folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            made.update(str(path.relative_to(exercise.folder)).encode() + b"\0" + Path(path).read_bytes())
    return made.hexdigest()
