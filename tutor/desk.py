"""What every screen works with: the course, the learner's progress and the grader."""

from __future__ import annotations

from dataclasses import dataclass

from grader.grading import Grader
from lessons.schema import Course, Exercise, Part
from tutor import hints
from tutor.events import Hint, Solution
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
