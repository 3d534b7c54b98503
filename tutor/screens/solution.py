"""The way the course solves an exercise."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Footer

from grader.answers import QuestionFault
from grader.solution import Solution, solution
from lessons.schema import Exercise
from tutor.desk import Desk
from tutor.events import Solution as SolutionShown
from tutor.widgets.lesson_markdown import LessonMarkdown


class SolutionScreen(ModalScreen[None]):
    """Beside the learner's own work, which stays as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss", "Close", key_display="esc")]

    def __init__(self, solution: Solution) -> None:
        super().__init__()
        self.solution = solution

    def compose(self) -> ComposeResult:
        pieces = [f"## The course's solution\n\n{_code(self.solution.code)}"] if self.solution.code else []
        pieces += [f"## Another way\n\n{_code(other)}" for other in self.solution.alternatives]
        pieces += [f"## {part}\n\n{answer}" for part, answer in self.solution.answers]
        with VerticalScroll(id="solution"):
            yield LessonMarkdown("\n\n".join(pieces))
        yield Footer()


def open_solution(app: App[Any], desk: Desk, exercise: Exercise) -> str | None:
    """Shows the solution and records that. Returns what went wrong, in one sentence, or None."""
    nonces = {part.id: desk.progress.nonce(exercise.id, part.id) for part in exercise.parts if part.kind == "numeric"}
    try:
        found = solution(exercise, nonces)
    except (OSError, QuestionFault) as error:
        return f"The solution cannot be shown: {error}"
    gave_up = desk.progress.exercise(exercise).standing != "done"
    desk.progress.record(SolutionShown(exercise=exercise.id, gave_up=gave_up))
    app.push_screen(SolutionScreen(found))
    return None


def _code(text: str) -> str:
    return f"```python\n{text.strip()}\n```"
