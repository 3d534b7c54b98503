"""What is due for review, and an exercise that is reviewed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from grader.records.verdict import Verdict
from lessons.schema import Exercise
from tutor.learner import mastery
from tutor.learner.review import queue
from tutor.practice.session import LearningSession
from tutor.screens.drawn_once import DrawnOnce
from tutor.screens.practice import PracticeScreen
from tutor.text.glossary import words_for
from tutor.text.review import outcome, summary
from tutor.widgets.key_bar import KeyBar
from tutor.widgets.page_list import PageList


class ReviewScreen(DrawnOnce, ModalScreen[Exercise | None]):
    """The queue. Gives back the exercise that was chosen, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Begin", priority=True),
        Binding("escape,q,r", "dismiss", "Close", key_display="esc"),
        Binding("j", "move(1)", "Down", show=False),
        Binding("k", "move(-1)", "Up", show=False),
    ]

    def __init__(self, session: LearningSession) -> None:
        super().__init__()
        self.session = session
        now = datetime.now(UTC)
        self.due = queue(session.course, session.progress, now)
        self.sentence = summary(session.course, session.progress, self.due, now)

    def compose(self) -> ComposeResult:
        with Vertical(id="review"):
            yield Static(Content("Review"), classes="part")
            yield Static(Content(self.sentence))
            if self.due:
                yield Static(
                    Content(
                        "Each begins with its starter and no lesson; what you handed in before stays as it is. "
                        "What you still know comes back later, what you do not comes back soon."
                    ),
                    classes="foot",
                )
            yield PageList(*map(Option, self._rows()))
        yield KeyBar()

    def _rows(self) -> list[Content]:
        rows = []
        for one in self.due:
            begun = "   begun" if mastery.open_review(one.exercise, self.session.progress) else ""
            words = ", ".join(words_for(self.session.course, one.concepts))
            rows.append(Content.assemble((one.exercise.title, "bold"), begun, "\n  ", (words, "dim")))
        return rows

    def on_mount(self) -> None:
        view = self.query_one(OptionList)
        view.display = bool(self.due)
        view.highlighted = 0 if self.due else None
        self.set_focus(view)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self.due) if action == "choose" else True

    def action_move(self, step: int) -> None:
        view = self.query_one(OptionList)
        view.action_cursor_down() if step > 0 else view.action_cursor_up()

    def action_choose(self) -> None:
        chosen = self.query_one(OptionList).highlighted
        self.dismiss(None if chosen is None else self.due[chosen].exercise)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.due[event.option_index].exercise)


class ReviewExerciseScreen(PracticeScreen):
    """An exercise once more, from its starter: no hint is shown, no note, and no answer of before."""

    def __init__(self, session: LearningSession, exercise: Exercise) -> None:
        self.whole = session
        super().__init__(session.for_review(exercise), exercise)

    @property
    def title_line(self) -> str:
        return f"Review: {self.exercise.title}"

    def _notes(self) -> list[Widget]:
        return []  # a note may hold the answer

    def action_note(self) -> None:
        self.notify("Your note may hold the answer; it is shown where you learned the exercise.")

    def on_unmount(self) -> None:
        super().on_unmount()
        self.session.progress.close()

    def action_unfinished(self) -> None:
        self.action_leave(1)

    def action_leave(self, step: int) -> None:
        """The next exercise that is due."""
        self.whole.progress.refresh()
        rest = [one for one in queue(self.whole.course, self.whole.progress) if one.exercise.id != self.exercise.id]
        if step < 0 or not rest:
            self.notify("Nothing else is due." if step > 0 else "A review goes forward only: F9 opens the next.")
        elif self.bench.store():
            self.post_message(self.Left(rest[0].exercise, review=True))

    def _notes_below(self, verdict: Verdict) -> list[str]:
        said = outcome(self.whole.course, self.whole.progress, self.exercise, self.session.review)
        return [*super()._notes_below(verdict), *([said] if said else [])]
