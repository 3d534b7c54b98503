"""What every screen works with: the course, the learner's progress and the grader."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from grader.records.verdict import Verdict
from lessons.schema import RUN_KINDS, Course, Exercise, Lesson, Part
from tutor.learner import locations, review
from tutor.learner.events import Answer
from tutor.learner.progress import Progress
from tutor.learner.workspace import WorkspaceError

if TYPE_CHECKING:  # the map comes first, and does not wait for the grader
    from grader.grading import Grader
    from grader.records.given import Given


@dataclass(frozen=True)
class LearningSession:
    """Made once, when the app starts."""

    course: Course
    progress: Progress
    make_grader: Callable[[], Grader]
    """Called once, when something is to be run for the first time."""
    review: str = ""
    """The review for which it is; then the progress is that of the review alone."""
    _making: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    @property
    def grader(self) -> Grader:
        """The one grader of the app; any thread may ask for it."""
        with self._making:
            return self._grader

    @cached_property
    def _grader(self) -> Grader:
        return self.make_grader()

    @property
    def root(self) -> Path:
        """Where the learner's files lie: UNIT/LESSON/EXERCISE.py below it."""
        return review.folder(self.review) if self.review else locations.workspace()

    def for_review(self, exercise: Exercise) -> LearningSession:
        """The session in which an exercise is reviewed: the one that is under way, else a new one."""
        name = review.begin(exercise, self.progress)
        progress = review.progress_of(name, exercise, self.progress)
        return LearningSession(self.course, progress, lambda: self.grader, name)

    def close(self) -> None:
        """Ends what was begun."""
        if "_grader" in self.__dict__:
            self._grader.close()
        self.progress.close()

    def neighbour(self, exercise: Exercise, step: int) -> Exercise | None:
        """The exercise `step` places further in the course, or None beyond its ends."""
        exercises = self.course.exercises
        place = next(i for i, one in enumerate(exercises) if one.id == exercise.id) + step
        return exercises[place] if 0 <= place < len(exercises) else None

    def following(self, lesson: Lesson) -> Lesson | None:
        """The lesson after this one; None after the last."""
        lessons = self.course.lessons
        place = next(i for i, one in enumerate(lessons) if one.id == lesson.id) + 1
        return lessons[place] if place < len(lessons) else None

    def unfinished(self, exercise: Exercise) -> Exercise | None:
        """The next exercise that is not done, after this one and then from the start; None where there is no other."""
        exercises = self.course.exercises
        place = next(i for i, one in enumerate(exercises) if one.id == exercise.id)
        order = [*exercises[place + 1 :], *exercises[:place]]
        return next((one for one in order if self.progress.exercise(one).standing != "done"), None)

    def record(self, exercise: Exercise, verdict: Verdict, given: Callable[[Part], Given | None]) -> None:
        """Remembers the attempts of a verdict, and the answers that it judged. given: the answer to a part now."""
        for judged in verdict.parts:
            part = exercise.part(judged.part)
            if part is not None and part.kind not in RUN_KINDS and (one := given(part)) is not None:
                self.progress.record(Answer(exercise=exercise.id, part=part.id, value=one.value))
        remember(self.progress, exercise, verdict, self.root)


def remember(progress: Progress, exercise: Exercise, verdict: Verdict, root: Path | None = None) -> None:
    """Adds the attempts of a verdict to the progress, and keeps the curves of its experiments, below `root`."""
    progress.attempt(verdict)
    if any(part.curves for part in verdict.parts):
        from tutor.learner import attempt_curves

        with contextlib.suppress(WorkspaceError):  # a workspace that cannot be written is said where work is saved
            attempt_curves.save(exercise, verdict, root)
