"""What every screen works with: the course, the learner's progress and the grader."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from grader.grading import Grader
from grader.submission import Given
from grader.verdict import Verdict
from lessons.schema import RUN_KINDS, Course, Exercise, Part
from tutor import hints
from tutor.events import Answer, Hint, Solution
from tutor.progress import Progress


@dataclass(frozen=True)
class Desk:
    """Made once, when the app starts."""

    course: Course
    progress: Progress
    grader: Grader

    def neighbour(self, exercise: Exercise, step: int) -> Exercise | None:
        """The exercise `step` places further in the course, or None beyond its ends."""
        exercises = self.course.exercises
        place = next(i for i, one in enumerate(exercises) if one.id == exercise.id) + step
        return exercises[place] if 0 <= place < len(exercises) else None

    def climb(self, exercise: Exercise, part: Part) -> frozenset[int]:
        """Opens the next rung of the hint ladder, where there is one. Returns the open rungs."""
        shown = self.progress.rungs(exercise.id, part.id)
        if (rung := hints.next_rung(part, shown)) is None:
            return shown
        self.progress.record(Hint(exercise=exercise.id, part=part.id, rung=rung.number))
        if rung.hint.solution:
            gave_up = not self.progress.part(exercise.id, part.id).passed
            self.progress.record(Solution(exercise=exercise.id, gave_up=gave_up))
        return shown | {rung.number}

    def record(self, exercise: Exercise, verdict: Verdict, given: Callable[[Part], Given | None]) -> None:
        """Remembers the attempts of a verdict, and the answers that it judged. given: the answer to a part now."""
        for judged in verdict.parts:
            part = exercise.part(judged.part)
            if part is not None and part.kind not in RUN_KINDS and (one := given(part)) is not None:
                self.progress.record(Answer(exercise=exercise.id, part=part.id, value=one.value))
        self.progress.attempt(verdict)
