"""The parts of an exercise, each with its state."""

from __future__ import annotations

from lessons.schema import Exercise, Part
from tutor.learner.progress import Progress
from tutor.widgets.choice_bar import ChoiceBar

MARKS = {True: "[x]", False: "[-]", None: "[ ]"}


def passed(progress: Progress, exercise: Exercise, part: Part) -> bool | None:
    """Whether a part is passed; None where it has not been tried."""
    state = progress.part(exercise.id, part.id)
    return state.passed if state.attempts else None


class PartsBar(ChoiceBar):
    """Not shown where there is one part only."""

    def __init__(self, exercise: Exercise, progress: Progress) -> None:
        super().__init__([(part.id, part.title or part.id) for part in exercise.parts], "F8", id="parts")
        self.exercise, self.progress = exercise, progress
        self.display = len(exercise.parts) > 1

    def tell_states(self) -> None:
        """Says of each part how far it is."""
        for part in self.exercise.parts:
            self.tell(part.id, f"{MARKS[passed(self.progress, self.exercise, part)]} {part.title or part.id}")
