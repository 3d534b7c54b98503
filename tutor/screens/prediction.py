"""Predict first: what do you expect? Asked once, before the learner's code runs for the first time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from lessons.schema import Exercise, Part, Prediction
from tutor.practice import prediction
from tutor.practice.session import LearningSession
from tutor.screens.drawn_once import DrawnOnce
from tutor.widgets.key_bar import KeyBar
from tutor.widgets.keys_in_order import TextInput
from tutor.widgets.lesson_markdown import LessonMarkdown


class PredictionScreen(DrawnOnce, ModalScreen[str | None]):
    """Enter writes down what was typed, nothing too; Esc goes back without running anything.

    Who is still typing in the editor when this opens types into the field, and nothing is lost by it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", "Not now", key_display="esc")]

    def __init__(self, asked: Prediction) -> None:
        super().__init__()
        self.asked = asked

    def compose(self) -> ComposeResult:
        with Vertical(id="prediction"):
            yield Static(Content("Before it runs"), classes="part")
            yield LessonMarkdown(self.asked.ask)
            yield TextInput(placeholder="what you expect, then Enter", max_length=prediction.MAX_LENGTH, compact=True)
            yield Static(
                Content("It is written down and never judged. Enter on an empty line says that you have no idea."),
                classes="foot",
            )
        yield KeyBar()

    def on_mount(self) -> None:
        self.set_focus(self.query_one(Input))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value)


def take_prediction(
    app: App[Any], session: LearningSession, exercise: Exercise, parts: Sequence[Part], *, then: Callable[[], None]
) -> bool:
    """Asks for a prediction that is due before these parts run; when it is written down, `then` follows.

    True says that it was asked for, so that nothing is to run now.
    """
    part = prediction.due(session.progress, exercise, parts)
    if part is None or part.predict is None:
        return False

    def said(text: str | None) -> None:
        if text is not None:
            prediction.record(session.progress, exercise, part, text)
            then()

    if not isinstance(app.screen, PredictionScreen):
        app.push_screen(PredictionScreen(part.predict), said)
    return True
