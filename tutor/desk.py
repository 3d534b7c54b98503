"""What every screen works with: the course, the learner's progress and the grader."""

from __future__ import annotations

from dataclasses import dataclass

from grader.grading import Grader
from lessons.schema import Course, Exercise
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
