"""What is said when a lesson has been read: what is still open, and where to go."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from grader.report.counted import counted, out_of
from lessons.schema import Exercise, Lesson
from tutor.learner.standing import MARKS
from tutor.practice.session import LearningSession
from tutor.screens.drawn_once import DrawnOnce
from tutor.widgets.key_bar import KeyBar
from tutor.widgets.page_list import PageList


class LessonEndScreen(DrawnOnce, ModalScreen[Lesson | Exercise | None]):
    """Gives back where to go, or None to stay. The first open exercise is offered first, then the next lesson."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Open", priority=True),
        Binding("n,right,space", "following", "Next lesson", key_display="n"),
        Binding("escape,q,p,left", "dismiss", "Stay", key_display="esc"),
        Binding("j", "move(1)", "Down", show=False),
        Binding("k", "move(-1)", "Up", show=False),
    ]

    def __init__(self, session: LearningSession, lesson: Lesson, following: Lesson | None) -> None:
        super().__init__()
        self.session, self.lesson, self.following = session, lesson, following
        standing = {one.id: session.progress.exercise(one) for one in lesson.exercises}
        left = [one for one in lesson.exercises if standing[one.id].standing != "done"]
        done = [one for one in lesson.exercises if standing[one.id].standing == "done"]
        self.open_ones = len(left)
        self.places: list[Lesson | Exercise] = [*left, *([following] if following else []), *done]
        width = max((cell_len(one.title) for one in lesson.exercises), default=0)
        self.rows = []
        for place in self.places:
            if isinstance(place, Lesson):
                self.rows.append(Content(f"→   Next lesson: {place.title}"))
            else:
                one = standing[place.id]
                title = place.title + " " * (width - cell_len(place.title))
                points = out_of(one.score, one.points, "point")
                self.rows.append(Content.assemble(f"{MARKS[one.standing]} {title}   ", (points, "dim")))

    def compose(self) -> ComposeResult:
        cards = len(self.lesson.cards)
        read = len(self.session.progress.cards(self.lesson.id) & set(range(cards)))
        if self.open_ones:
            left = f"{counted(self.open_ones, 'exercise is', 'exercises are')} still open."
            if self.following is not None:
                left += " Nothing is locked: n goes on to the next lesson."
        elif self.lesson.exercises:
            left = "All its exercises are passed."
        else:
            left = "It has no exercises."
        if self.following is None:
            left += " This is the last lesson of the course."
        with Vertical(id="lesson-end"):
            yield Static(Content(f"The end of: {self.lesson.title}"), classes="part")
            yield Static(Content(f"{out_of(read, cards, 'card')} read. {left}"))
            yield PageList(*map(Option, self.rows))
        yield KeyBar()

    def on_mount(self) -> None:
        view = self.query_one(OptionList)
        view.highlighted = 0 if self.places else None
        self.set_focus(view)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "following":
            return self.following is not None
        return bool(self.places) if action == "choose" else True

    def action_move(self, step: int) -> None:
        view = self.query_one(OptionList)
        view.action_cursor_down() if step > 0 else view.action_cursor_up()

    def action_following(self) -> None:
        self.dismiss(self.following)

    def action_choose(self) -> None:
        chosen = self.query_one(OptionList).highlighted
        self.dismiss(None if chosen is None else self.places[chosen])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.places[event.option_index])
