"""The course map: units, lessons and exercises, how far each is, and what is next."""

from __future__ import annotations

from typing import NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from lessons.schema import Exercise, Lesson
from tutor.desk import Desk
from tutor.plain import MARKS


class Place(NamedTuple):
    """Where a line of the map leads."""

    lesson: Lesson
    exercise: Exercise | None


class CourseMap(Screen[None]):
    """Opened first, on what is next."""

    BINDINGS = [
        Binding("enter", "open", "Open"),
        Binding("n", "next", "Go to what is next"),
        Binding("q", "app.quit", "Quit"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.places: dict[str, Place] = {}

    def compose(self) -> ComposeResult:
        yield Static(Content(self.desk.course.title), id="title")
        yield OptionList(id="map", markup=False)
        yield Static(id="next")
        yield Footer(compact=True, show_command_palette=False)

    def on_screen_resume(self) -> None:
        """Back from a lesson: the map shows how far it is now."""
        self.desk.progress.refresh()
        listing = self.query_one(OptionList)
        before = self._chosen()
        self.places.clear()
        listing.clear_options()
        next_lesson, next_exercise = self._next()
        score = points = 0.0
        for unit in self.desk.course.units:
            listing.add_option(Option(Content(unit.title).stylize("bold"), disabled=True))
            for lesson in unit.lessons:
                summary = self.desk.progress.lesson(lesson)
                score, points = score + summary.score, points + summary.points
                is_next = lesson is next_lesson and next_exercise is None
                what = f"{lesson.minutes} min" + (
                    f", {summary.score:g} of {summary.points:g} points" if summary.points else ""
                )
                self._add(Place(lesson, None), f"  {MARKS[summary.standing]} {lesson.title} ({what})", is_next)
                for exercise in lesson.exercises:
                    state = self.desk.progress.exercise(exercise)
                    text = (
                        f"      {MARKS[state.standing]} {exercise.title} ({state.score:g} of {state.points:g} points)"
                    )
                    self._add(Place(lesson, exercise), text, exercise is next_exercise)
        self.query_one("#title", Static).update(
            Content(f"{self.desk.course.title}   {score:g} of {points:g} points   [x] done  [-] begun  [ ] new")
        )
        self._say_next(next_lesson, next_exercise)
        wanted = before or (next_exercise.id if next_exercise else next_lesson.id if next_lesson else None)
        if wanted in self.places:
            listing.highlighted = listing.get_option_index(str(wanted))
        listing.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_id:
            self._go(self.places[event.option_id])

    def action_open(self) -> None:
        self.query_one(OptionList).action_select()

    def action_next(self) -> None:
        lesson, exercise = self._next()
        if lesson is not None:
            self._go(Place(lesson, exercise))

    def _add(self, place: Place, text: str, is_next: bool) -> None:
        id = place.exercise.id if place.exercise else place.lesson.id
        # Lessons and exercises are named apart: an exercise may have a lesson's name.
        id = id if id not in self.places else f"{id}/"
        self.places[id] = place
        line = Content(text + ("   <- next" if is_next else ""))
        self.query_one(OptionList).add_option(Option(line.stylize("bold") if is_next else line, id=id))

    def _next(self) -> tuple[Lesson | None, Exercise | None]:
        """The lesson that is next, and its exercise where the lesson has been read to the end."""
        progress = self.desk.progress
        lesson = progress.next_lesson(self.desk.course)
        if lesson is None or max(progress.cards(lesson.id), default=-1) < len(lesson.cards) - 1:
            return lesson, None
        return lesson, next((one for one in lesson.exercises if progress.exercise(one).standing != "done"), None)

    def _say_next(self, lesson: Lesson | None, exercise: Exercise | None) -> None:
        if lesson is None:
            sentence = "You have passed every exercise of the course."
        elif exercise is not None:
            sentence = f"Next: the exercise “{exercise.title}”. Enter opens it."
        else:
            word = "go on with" if self.desk.progress.cards(lesson.id) else "read"
            sentence = f"Next: {word} “{lesson.title}”. Enter opens it."
        if self.desk.progress.trouble:
            sentence = self.desk.progress.trouble
        self.query_one("#next", Static).update(Content(sentence))

    def _chosen(self) -> str | None:
        listing = self.query_one(OptionList)
        return listing.highlighted_option.id if self.places and listing.highlighted_option else None

    def _go(self, place: Place) -> None:
        from tutor.screens.lesson import LessonScreen
        from tutor.screens.practice import Practice

        if place.exercise is not None:
            self.app.push_screen(Practice(self.desk, place.exercise))
        else:
            self.app.push_screen(LessonScreen(self.desk, place.lesson))
