"""The course map: units, lessons and exercises, how far the learner is, and what comes next."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, Vertical
from textual.content import Content
from textual.events import Resize
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from grader.report.counted import counted, out_of
from lessons.schema import Exercise, Lesson, Term, Unit
from tutor.learner import layout, review
from tutor.learner.remaining import in_words, total_left
from tutor.practice.session import LearningSession
from tutor.screens.drawn_once import DrawnOnce
from tutor.text import map_rows
from tutor.text.contents import contents
from tutor.text.passages import Passage, passages
from tutor.text.search import search
from tutor.widgets.blank import Blank
from tutor.widgets.key_bar import KeyBar
from tutor.widgets.keys_in_order import TextInput


class CourseMap(DrawnOnce, Blank, Screen[None]):
    """The first screen."""

    HELP: ClassVar[str] = "Course map"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", priority=True),
        Binding("c", "continue", "Continue"),
        Binding("slash", "search", "Search", key_display="/"),
        Binding("r", "review", "Review"),
        Binding("s", "statistics", "Stats"),
        Binding("f", "fold_all", "Fold"),
        Binding("escape", "leave_search", "Whole map"),
        Binding("right,l", "fold(False)", "Open the unit", show=False),
        Binding("left,h", "fold(True)", "Fold the unit", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("q", "app.quit", "Quit"),
    ]

    class Wanted(Message):
        """The learner wants to read a lesson, at a card if it is given, or to practise."""

        def __init__(self, place: Lesson | Exercise, card: int | None = None) -> None:
            super().__init__()
            self.place = place
            self.card = card

    class ReviewWanted(Message):
        """The learner wants to review an exercise."""

        def __init__(self, exercise: Exercise) -> None:
            super().__init__()
            self.exercise = exercise

    def __init__(self, session: LearningSession) -> None:
        super().__init__()
        self.session = session
        self.due = 0
        """How many exercises are due for review."""
        self.places: dict[str, map_rows.Place] = {}
        self.opened: set[str] = set()
        """The units that are not folded."""
        self.drawn_for = 0
        """The width for which the map was drawn."""

    def compose(self) -> ComposeResult:
        yield Static(classes="heading")
        with Horizontal(id="search-line"):
            yield Static(Content("Search:"))
            yield TextInput(
                placeholder="words of a title, a concept, a card, a task or the glossary", id="search", compact=True
            )
        with Container(id="ground"):
            with Vertical(id="tree"):
                yield Static(id="columns")
                yield OptionList(id="map")
            yield Static(id="detail")
        yield Static(
            Content("[x] done   [-] begun   [ ] new   → next   ▸ folded   nothing is locked"), classes="legend"
        )
        yield KeyBar(crowded=True)

    def on_resize(self, event: Resize) -> None:
        if event.size.width != self.drawn_for:
            self._show(self._highlighted() or self._next())

    def on_screen_resume(self) -> None:
        self.session.progress.refresh()
        self._show(self._highlighted() or self._next())
        self.call_after_refresh(self._count_due)

    def _count_due(self) -> None:
        """Says how many reviews are due: after the map has been drawn, which does not wait for it."""
        due = review.count(self.session.course, self.session.progress)
        if due != self.due and self.is_attached:
            self.due = due
            self._tell()

    @property
    def searching(self) -> bool:
        return bool(self.query_one("#search-line").display)

    def _highlighted(self) -> map_rows.Place | None:
        chosen = self.query_one(OptionList).highlighted_option
        return self.places.get(chosen.id or "") if chosen else None

    def _next(self) -> Lesson | Exercise | None:
        """The lesson to go on with; where it has been read to its end, its first exercise that is not done."""
        progress = self.session.progress
        lesson = progress.next_lesson(self.session.course)
        if lesson is None or len(lesson.cards) - 1 not in progress.cards(lesson.id):
            return lesson
        return next((one for one in lesson.exercises if progress.exercise(one).standing != "done"), lesson)

    def show(self, place: Lesson | Exercise) -> None:
        """Draws the whole map with the cursor on a place."""
        self._end_search()
        self._show(place)

    def _show(self, highlighted: map_rows.Place | None) -> None:
        """Draws the map anew, or what the search has found of it."""
        self.drawn_for = self.size.width
        course, progress, after = self.session.course, self.session.progress, self._next()
        words = self.query_one("#search", Input).value if self.searching else ""
        found, texts = search(course, words), passages(course, progress, words)
        self._tell(len(found) + len(texts) if words.strip() else None)
        if isinstance(highlighted, Lesson | Exercise):
            self.opened.add(highlighted.unit)
        folded = () if self.searching else {unit.id for unit in course.units} - self.opened
        # The pane's own size is known only after a first layout; the screen's is known from the start.
        room = (self.size.width - map_rows.DETAIL if self.size.width >= layout.WIDE else self.size.width) - 5
        rows = [*map_rows.rows(course, progress, found, after, room, folded), *map_rows.passage_rows(texts, room)]
        names = {row.name for row in rows}
        places: list[Unit | Lesson | Exercise] = [*course.units, *(one.place for one in found)]
        self.places = {name: place for place in places if (name := map_rows.name(place)) in names}
        self.query_one("#columns", Static).update(Content(map_rows.headings(course, found, room) if found else ""))
        self.places |= {f"passage-{position}": one for position, one in enumerate(texts)}
        view = self.query_one(OptionList)
        view.clear_options()
        view.add_options([Option(row.text, id=row.name or None, disabled=row.name is None) for row in rows])
        if not rows:
            view.add_option(Option(Content("Nothing in the course has these words."), disabled=True))
        wanted = "" if highlighted is None or isinstance(highlighted, Passage) else map_rows.name(highlighted)
        if rows:
            first = next((name for name, place in self.places.items() if not isinstance(place, Unit)), "")
            view.highlighted = view.get_option_index(wanted if wanted in self.places else first)
        self._show_detail()
        if not self.searching:
            self.set_focus(view)

    def _tell(self, found: int | None = None) -> None:
        """Says in the heading how far everything is, and what comes next; found: how many places a search has found."""
        course, progress, after = self.session.course, self.session.progress, self._next()
        summaries = [progress.lesson(lesson) for lesson in course.lessons]
        score, points = sum(one.score for one in summaries), sum(one.points for one in summaries)
        left = total_left(course.lessons, progress)
        time = f", about {in_words(left)} left" if left else ""
        following = f"Next: {after.title}" if after else "You have passed every exercise."
        if self.due:
            following += f"   r: {counted(self.due, 'exercise')} to review"
        if found is not None:
            following = f"Found: {counted(found, 'place')}"
        self.query_one(".heading", Static).update(
            Content(f"{course.title}: {out_of(score, points, 'point')}{time}\n{following}")
        )

    def _show_detail(self) -> None:
        place = self._highlighted()
        lines = map_rows.detail(self.session.course, self.session.progress, place) if place is not None else []
        wide = self.size.width >= layout.WIDE
        if wide and place is not None:
            lines.insert(0, place.title)
            if isinstance(place, Lesson):
                cards = contents(place, self.session.progress.cards(place.id))
                lines.append("\n".join(map_rows.cut(line[2:], map_rows.DETAIL - 5).rstrip() for line in cards))
        self.query_one("#detail", Static).update(Content(("\n\n" if wide else "\n").join(lines)))

    # --- keys -------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While one is searching, letters are words and no keys."""
        match action:
            case "leave_search":
                return self.searching
            case "continue" | "search" | "review" | "statistics" | "fold" | "fold_all":
                return not self.searching
        return True

    def action_move(self, step: int) -> None:
        view = self.query_one(OptionList)
        view.action_cursor_down() if step > 0 else view.action_cursor_up()

    def action_continue(self) -> None:
        """Opens what comes next."""
        if (after := self._next()) is not None:
            self.post_message(self.Wanted(after))

    def action_fold(self, fold: bool) -> None:
        """Folds the unit under the cursor, or the one around it; or opens it."""
        place = self._highlighted()
        units = self.session.course.units
        unit = next((one for one in units if one is place or one.id == getattr(place, "unit", None)), None)
        if unit is None or (unit.id not in self.opened) == fold:
            return
        self._turn(unit)

    def _turn(self, unit: Unit) -> None:
        """Folds a unit, or opens it; the cursor is on it then."""
        self.opened ^= {unit.id}
        self._show(unit)

    def action_fold_all(self) -> None:
        """Folds every unit; where all are folded, opens them."""
        place = self._highlighted()
        units = self.session.course.units
        if self.opened:
            place = next((one for one in units if one is place or one.id == getattr(place, "unit", None)), None)
        self.opened = set() if self.opened else {one.id for one in units}
        self._show(place or units[0])

    def action_search(self) -> None:
        """Lets the learner type words, and shows what has them."""
        self.query_one("#search-line").display = True
        self.set_focus(self.query_one("#search", Input))
        self.refresh_bindings()

    def action_review(self) -> None:
        """Shows what is due for review, and opens what is chosen."""
        from tutor.screens.review import ReviewScreen

        def chosen(exercise: Exercise | None) -> None:
            if exercise is not None:
                self.post_message(self.ReviewWanted(exercise))

        self.app.push_screen(ReviewScreen(self.session), chosen)

    def action_statistics(self) -> None:
        """Opens the page of statistics."""
        from tutor.screens.statistics import StatisticsScreen

        self.app.push_screen(StatisticsScreen(self.session))

    def action_leave_search(self) -> None:
        """The whole map again, with the cursor where it is."""
        place = self._highlighted()
        if isinstance(place, Passage):
            place = place.place if isinstance(place.place, Lesson | Exercise) else None
        self._end_search()
        self._show(place or self._next())

    def _end_search(self) -> None:
        self.query_one("#search-line").display = False
        self.query_one("#search", Input).value = ""
        self.refresh_bindings()

    def action_open(self) -> None:
        """Opens the place under the cursor; a unit is folded, or shows its lessons."""
        if (place := self._highlighted()) is not None:
            self._open(place)

    def _open(self, place: map_rows.Place) -> None:
        if isinstance(place, Unit):
            if not self.searching:
                self._turn(place)
            return
        if isinstance(place, Passage) and isinstance(place.place, Term):
            self._explain(place.place)  # the search stays: one goes on from an entry
            return
        self._end_search()
        if not isinstance(place, Passage):
            self.post_message(self.Wanted(place))
        elif not isinstance(place.place, Term):
            self.post_message(self.Wanted(place.place, place.card))

    def _explain(self, term: Term) -> None:
        from tutor.screens.glossary import GlossaryScreen

        glossary = self.session.course.glossary
        chosen = next(id for id, one in glossary.items() if one is term)
        self.app.push_screen(GlossaryScreen(glossary, list(glossary), chosen))

    def on_input_changed(self) -> None:
        if self.searching:
            self._show(None)

    def on_input_submitted(self) -> None:
        self.action_open()

    def on_option_list_option_highlighted(self) -> None:
        self._show_detail()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        if (place := self.places.get(event.option_id or "")) is not None:
            self._open(place)
