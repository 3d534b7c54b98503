"""The way the course solves an exercise."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Footer

from grader.solution import Solution
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


def _code(text: str) -> str:
    return f"```python\n{text.strip()}\n```"
