"""The course map: units, lessons and exercises, how far the learner is, and what comes next."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from grader.report.text import number
from lessons.schema import Exercise, Lesson
from tutor.desk import Desk
from tutor.plain import MARKS
from tutor.progress import Summary


class CourseMap(Screen[None]):
    """The first screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("c", "continue", "Continue"),
        Binding("j", "move(1)", "Down", show=False),
        Binding("k", "move(-1)", "Up", show=False),
        Binding("q", "app.quit", "Quit"),
    ]

    class Wanted(Message):
        """The learner wants to read a lesson, or to practise."""

        def __init__(self, place: Lesson | Exercise) -> None:
            super().__init__()
            self.place = place

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.places: dict[str, Lesson | Exercise] = {}

    def compose(self) -> ComposeResult:
        yield Static(classes="heading")
        yield OptionList(id="map")
        yield Static(Content("[x] done   [-] begun   [ ] new   ▸ next"), classes="legend")
        yield Footer()

    def on_mount(self) -> None:
        self._show(self._next())

    def on_screen_resume(self) -> None:
        chosen = self.query_one(OptionList).highlighted_option
        self.desk.progress.refresh()
        self._show(self.places.get(chosen.id or "") if chosen else self._next())

    def _next(self) -> Lesson | Exercise | None:
        """The lesson to go on with; where it has been read to its end, its first exercise that is not done."""
        progress = self.desk.progress
        lesson = progress.next_lesson(self.desk.course)
        if lesson is None or len(lesson.cards) - 1 not in progress.cards(lesson.id):
            return lesson
        return next((one for one in lesson.exercises if progress.exercise(one).standing != "done"), lesson)

    def _show(self, highlighted: Lesson | Exercise | None) -> None:
        """Draws the map anew."""
        course, progress, after = self.desk.course, self.desk.progress, self._next()
        summaries = [progress.lesson(lesson) for lesson in course.lessons]
        score, points = sum(one.score for one in summaries), sum(one.points for one in summaries)
        following = f"Next: {after.title}" if after else "You have passed every exercise."
        self.query_one(".heading", Static).update(
            Content(f"{course.title}: {number(score)} of {number(points)} points\n{following}")
        )
        options: list[Option] = []
        self.places = {}
        for count, unit in enumerate(course.units, 1):
            options.append(Option(Content(f"{count}  {unit.title}").stylize("bold"), disabled=True))
            for lesson in unit.lessons:
                note = f"{lesson.minutes} min"
                options.append(self._option(lesson, progress.lesson(lesson), note, 1, after))
                for exercise in lesson.exercises:
                    options.append(self._option(exercise, progress.exercise(exercise), "exercise", 2, after))
        view = self.query_one(OptionList)
        view.clear_options()
        view.add_options(options)
        if highlighted is not None:
            view.highlighted = view.get_option_index(_name(highlighted))
        view.focus()

    def _option(
        self, place: Lesson | Exercise, summary: Summary, note: str, depth: int, after: Lesson | Exercise | None
    ) -> Option:
        self.places[_name(place)] = place
        arrow = "▸" if after is not None and _name(after) == _name(place) else " "
        points = f", {number(summary.score)} of {number(summary.points)} points" if summary.points else ""
        start = f"{arrow} {'    ' * (depth - 1)}{MARKS[summary.standing]} {place.title}"
        return Option(Content.assemble(start, (f"  ({note}{points})", "dim")), id=_name(place))

    def action_move(self, step: int) -> None:
        view = self.query_one(OptionList)
        view.action_cursor_down() if step > 0 else view.action_cursor_up()

    def action_continue(self) -> None:
        """Opens what comes next."""
        if (after := self._next()) is not None:
            self.post_message(self.Wanted(after))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        if (place := self.places.get(event.option_id or "")) is not None:
            self.post_message(self.Wanted(place))


def _name(place: Lesson | Exercise) -> str:
    return f"{type(place).__name__.lower()}-{place.id}"
