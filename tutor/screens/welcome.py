"""What is said at the very first start: that there is a tour."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from grader.report.counted import counted
from lessons.schema import Course, Lesson
from tutor.screens.drawn_once import DrawnOnce
from tutor.widgets.key_bar import KeyBar


class WelcomeScreen(DrawnOnce, ModalScreen[bool]):
    """Ends with whether the learner takes the tour; Esc skips it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "dismiss(True)", "Take the tour", key_display="⏎"),
        Binding("escape,n,s", "dismiss(False)", "Skip it", key_display="esc"),
    ]

    def __init__(self, course: Course, tour: Lesson) -> None:
        super().__init__()
        self.course = course
        self.tour = tour

    def compose(self) -> ComposeResult:
        lessons = counted(len(self.course.lessons), "lesson")
        exercises = counted(len(self.course.exercises), "exercise")
        with Vertical(id="welcome"):
            yield Static(Content(f"Welcome to {self.course.title}"), classes="part")
            yield Static(
                Content(
                    f"{lessons} and {exercises}, at your own pace, on your own machine. Everything "
                    "you do is saved as you do it."
                )
            )
            yield Static(
                Content(
                    f"A tour of {counted(self.tour.minutes, 'minute')} shows how it works: you turn a few cards, run a "
                    "demo, and fail an exercise before you pass it."
                ),
                classes="more",
            )
            yield Static(
                Content(
                    "Enter   take the tour\nEsc     skip it; it stays the first lesson on the map\n"
                    "F1      every key, wherever you are"
                ),
                classes="foot",
            )
        yield KeyBar()
