"""The way the course solves an exercise, beside the learner's."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.screen import ModalScreen

from grader.questions.answers import QuestionFault
from grader.solution import Solution, solution
from lessons.error import LessonError
from lessons.loading.public import elsewhere
from lessons.schema import Exercise
from tutor.learner.events import Solution as SolutionShown
from tutor.practice.session import LearningSession
from tutor.screens.drawn_once import DrawnOnce
from tutor.widgets.key_bar import KeyBar
from tutor.widgets.lesson_markdown import LessonMarkdown


class SolutionScreen(DrawnOnce, ModalScreen[None]):
    """The learner's work and the course's ways side by side, or below each other where there is no room."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f2", "app.focus_next", "Pane"),
        Binding("escape,q,ctrl+r", "dismiss", "Close", key_display="esc"),
    ]

    def __init__(self, solution: Solution, name: str, own: str) -> None:
        """name: the learner's file; own: its text, empty where there is no file."""
        super().__init__()
        self.solution = solution
        self.own, self.file_name = own, name

    def compose(self) -> ComposeResult:
        pieces = [f"## The course's solution\n\n{code_block(self.solution.code)}"] if self.solution.code else []
        several = len(self.solution.alternatives) > 1
        for place, other in enumerate(self.solution.alternatives, 1):
            pieces.append(f"## Another way{f' ({place})' if several else ''}\n\n{code_block(other)}")
        pieces += [f"## {part}\n\n{answer}" for part, answer in self.solution.answers]
        with Container(id="sides"):
            if self.own.strip():
                with VerticalScroll(id="own", classes="side") as own:
                    own.border_title = f"Yours: {self.file_name}"
                    yield LessonMarkdown(code_block(self.own))
            with VerticalScroll(id="solution", classes="side") as theirs:
                theirs.border_title = "The course"
                yield LessonMarkdown("\n\n".join(pieces))
        yield KeyBar()

    def on_mount(self) -> None:
        self.set_focus(self.query_one("#solution"))


def open_solution(app: App[Any], session: LearningSession, exercise: Exercise, own: str = "") -> str | None:
    """Shows the solution beside the learner's own text, and records that.

    Returns what went wrong, in one sentence, or None.
    """
    if away := elsewhere(exercise):
        return away
    nonces = {
        part.id: session.progress.nonce(exercise.id, part.id) for part in exercise.parts if part.kind == "numeric"
    }
    try:
        found = solution(exercise, nonces)
    except (LessonError, QuestionFault) as error:
        return f"The solution cannot be shown: {error}"
    gave_up = session.progress.exercise(exercise).standing != "done"
    session.progress.record(SolutionShown(exercise=exercise.id, gave_up=gave_up))
    app.push_screen(SolutionScreen(found, f"{exercise.id}.py", own))
    return None


def code_block(text: str) -> str:
    """A block of code; its fence is one that the text does not hold."""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}python\n{text.strip()}\n{fence}"
