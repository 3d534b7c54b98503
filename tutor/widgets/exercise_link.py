"""The place of an exercise in a lesson: Enter opens it."""

from __future__ import annotations

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from grader.report.counted import out_of
from lessons.schema import Exercise
from tutor.learner.standing import Summary

WORDS = {"new": "not begun", "begun": "begun", "done": "done"}


class ExerciseLink(Static, can_focus=True):
    """Says what the exercise is and how far it is."""

    BINDINGS = [Binding("enter", "open", "Open exercise")]

    class Opened(Message):
        """The learner wants to practise."""

        def __init__(self, exercise: Exercise) -> None:
            super().__init__()
            self.exercise = exercise

    def __init__(self, exercise: Exercise, summary: Summary) -> None:
        super().__init__()
        self.exercise = exercise
        self.tell(summary)

    def tell(self, summary: Summary) -> None:
        """Shows how far the exercise is."""
        points = out_of(summary.score, summary.points, "point")
        self.update(
            Content(f"Exercise: {self.exercise.title} ({WORDS[summary.standing]}, {points})\nPress e to open it.")
        )

    def action_open(self) -> None:
        self.post_message(self.Opened(self.exercise))

    def on_click(self) -> None:
        self.action_open()
