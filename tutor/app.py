"""The app: which screen follows which, and the keys that work everywhere."""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.events import Event, InputEvent
from textual.filter import DimFilter, LineFilter
from textual.screen import Screen
from textual.theme import Theme

from lessons.schema import Course, Exercise, Lesson
from tutor.garbage import TIDIED, Garbage
from tutor.hangup import on_hangup
from tutor.learner.events import Skipped
from tutor.learner.layout import WIDE
from tutor.learner.progress import Progress
from tutor.screens.course_map import CourseMap
from tutor.screens.saves_on_exit import SavesOnExit
from tutor.themes import DIMMED, choose, dress, readable
from tutor.widgets.harmless_lines import HarmlessLines
from tutor.widgets.keys_in_order import CommandsAfterKeys

if TYPE_CHECKING:  # imported where they are needed: the first picture is the map's, and does not wait for the others
    from textual.command import Provider

    from grader.grading import Grader
    from tutor.practice.session import LearningSession
    from tutor.screens.lesson import LessonScreen
    from tutor.screens.practice import PracticeScreen
    from tutor.widgets.code_editor import CodeEditor
    from tutor.widgets.exercise_link import ExerciseLink


AFTER_FIRST_PICTURE = 0.3
"""Seconds until the screens that come next are fetched, while the learner looks at the map."""


def _commands() -> type[Provider]:
    from tutor.screens.palette import Commands

    return Commands


class TutorApp(CommandsAfterKeys, App[None]):
    """Begins with the course map."""

    TITLE = "dl-tutor"
    CSS_PATH = "tutor.tcss"
    COMMANDS = {_commands}
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,alt+k", "help", "Help", key_display="f1", priority=True),
        Binding("question_mark", "help", "Help", show=False),
        Binding("ctrl+q,alt+q", "quit", "Quit", show=False, priority=True),
        Binding("ctrl+p,alt+p", "command_palette", "palette", show=False, priority=True, tooltip="All commands"),
    ]

    def __init__(self, session: LearningSession, *, tidies: bool = False) -> None:
        """tidies: whether the garbage of the process is this app's to collect, as where it has a process of its own."""
        super().__init__()
        self.garbage = Garbage() if tidies else None
        self.session = session
        self.harmless = HarmlessLines()
        self.told: set[str] = set()
        self.asked = False
        self.leaving = False
        dress(self)

    async def on_event(self, event: Event) -> None:
        if self.garbage is not None and isinstance(event, InputEvent):
            self.garbage.hear()
        await super().on_event(event)

    def get_css_variables(self) -> dict[str, str]:
        """The colours of the theme, such that text can be read on them."""
        self.theme_variables = readable(self.current_theme, super().get_css_variables())
        return self.theme_variables

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Every line that is drawn goes through these."""
        before = tuple(DIMMED if isinstance(one, DimFilter) else one for one in super().get_line_filters())
        if before != self.harmless.before:
            self.harmless = HarmlessLines(before)  # a line that was filtered by it once is kept
        return [self.harmless]

    def on_mount(self) -> None:
        self.push_screen(CourseMap(self.session))
        if self.session.progress.empty:
            self.offer_tour()
        self.tell_trouble()
        self.set_interval(2, self.tell_trouble)
        self.set_timer(AFTER_FIRST_PICTURE, self._fetch_screens)
        if self.garbage is not None:
            self.set_interval(TIDIED, self.garbage.tidy)
        self.theme_changed_signal.subscribe(self, self._remember_theme)
        on_hangup(self.store, self.exit)

    def _remember_theme(self, theme: Theme) -> None:
        with contextlib.suppress(OSError):  # a home that is read-only, which is said where work is lost by it
            choose(theme.name)

    def _handle_exception(self, error: Exception) -> None:
        """A screen that opens while the app closes finds its widgets gone, and nobody is left to be told."""
        if self.is_running or not isinstance(error, NoMatches):
            super()._handle_exception(error)

    def store(self) -> bool:
        """Saves what is open. False, with a message, where that cannot be."""
        unsaved = [screen for screen in self.screen_stack if isinstance(screen, SavesOnExit)]
        return False not in [screen.store() for screen in unsaved]  # each is asked, whatever the others say

    async def action_quit(self) -> None:
        """Saves and quits; where it cannot be saved, only when it is asked for again."""
        if self.store() or self.leaving:
            self.exit()
        else:
            self.leaving = True
            self.notify("Not everything is saved. Ctrl+Q once more quits all the same.", severity="warning")

    def tell_trouble(self) -> None:
        """Says once what keeps progress from being saved, or what was done about it."""
        sessions = [getattr(screen, "session", self.session) for screen in self.screen_stack]
        logs = {one.progress for one in (self.session, *sessions)}  # a review has a log of its own
        for sentence in (said for log in logs for said in (log.notice, log.trouble)):
            if sentence and sentence not in self.told:
                self.told.add(sentence)
                self.notify(sentence, title="Your progress", severity="warning", timeout=15, markup=False)

    @work(thread=True, exclusive=True, group="fetch")
    def _fetch_screens(self) -> None:
        """Imports what opening a lesson or an exercise needs, so that it does not wait for it."""
        for name in ("tutor.screens.lesson", "tutor.screens.practice", "tutor.plots.curve_drawing"):
            importlib.import_module(name)
        if self.garbage is not None:
            self.garbage.keep()

    @work(thread=True, exclusive=True, group="warm")
    def warm(self, exercise: Exercise | None = None) -> None:
        """Starts the sandbox ahead of the first run, which then need not wait for it; with who judges an exercise."""
        from grader.grading import SandboxError

        try:
            why = self.session.grader.refusal()
        except (SandboxError, OSError):  # OSError: a disk that is full has no place for its sockets
            return  # said where something is run, which is where it matters
        if why:
            with contextlib.suppress(RuntimeError):  # the app may have ended
                self.call_from_thread(self._ask, why)
        elif exercise is not None and exercise.runs_code:
            self.session.grader.prepare(exercise)

    def _ask(self, why: str) -> None:
        """Asks once whether code may run with less than level 2."""
        if self.asked:
            return
        self.asked = True
        from tutor.learner import consent
        from tutor.screens.consent import ConsentScreen

        def answered(yes: bool | None) -> None:
            if not yes:
                return
            self.session.grader.allow_level_1 = True
            try:
                consent.give()
            except OSError as error:
                self.notify(f"Not remembered: {error}", severity="warning", markup=False)

        self.push_screen(ConsentScreen(why), answered)

    def offer_tour(self) -> None:
        """Offers the tour of the course; who skips it begins with the lesson after it."""
        from tutor.screens.welcome import WelcomeScreen

        course, tour = self.session.course, self.session.course.tour
        if tour is None:
            return

        def answered(yes: bool | None) -> None:
            others = [lesson for lesson in course.lessons if lesson.id != tour.id]
            if yes:
                self.open_lesson(tour, 0)
                return
            if self.session.progress.lesson(tour).standing == "new":
                self.session.progress.record(Skipped(lesson=tour.id))
            if others and isinstance(self.screen, CourseMap):
                self.screen.show(others[0])

        self.push_screen(WelcomeScreen(course, tour), answered)

    # --- which screen follows which ---------------------------------------------------------------

    def open_lesson(self, lesson: Lesson, card: int | None = None) -> None:
        """Opens a lesson at the card that was read last; one that was read to its end begins anew."""
        if card is None:
            card = self.session.progress.last_card(lesson.id)
            if card == len(lesson.cards) - 1 and self.session.progress.lesson(lesson).standing == "done":
                card = 0
        from tutor.screens.lesson import LessonScreen

        self.warm()
        self.push_screen(LessonScreen(self.session, lesson, card))

    def open_exercise(self, exercise: Exercise, *, review: bool = False) -> None:
        """Opens an exercise, or its review; in place of another one, if that is open."""
        from tutor.screens.practice import PracticeScreen
        from tutor.screens.review import ReviewExerciseScreen

        self.warm(exercise)
        screen = (ReviewExerciseScreen if review else PracticeScreen)(self.session, exercise)
        if isinstance(self.screen, PracticeScreen):
            self.switch_screen(screen)
        else:
            self.push_screen(screen)

    def on_course_map_wanted(self, message: CourseMap.Wanted) -> None:
        if isinstance(message.place, Lesson):
            self.open_lesson(message.place, message.card)
        else:
            self.open_exercise(message.place)

    def on_course_map_review_wanted(self, message: CourseMap.ReviewWanted) -> None:
        self.open_exercise(message.exercise, review=True)

    def on_code_editor_find_wanted(self, message: CodeEditor.FindWanted) -> None:
        from tutor.screens.find import FindScreen

        self.push_screen(FindScreen(message.editor))

    def on_exercise_link_opened(self, message: ExerciseLink.Opened) -> None:
        self.open_exercise(message.exercise)

    def on_practice_screen_left(self, message: PracticeScreen.Left) -> None:
        self.open_exercise(message.following, review=message.review)

    def on_lesson_screen_finished(self, message: LessonScreen.Finished) -> None:
        from tutor.screens.lesson import LessonScreen

        if not isinstance(self.screen, LessonScreen):
            return  # Esc was quicker, and the map is not to be replaced
        from tutor.screens.lesson_end import LessonEndScreen

        def chosen(place: Lesson | Exercise | None) -> None:
            if isinstance(place, Exercise):
                self.open_exercise(place)
            elif place is not None and isinstance(self.screen, LessonScreen):
                self.warm()
                self.switch_screen(LessonScreen(self.session, place, 0))

        following = self.session.following(message.lesson)
        self.push_screen(LessonEndScreen(self.session, message.lesson, following), chosen)

    # --- keys and commands ------------------------------------------------------------------------

    def action_help(self) -> None:
        from tutor.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(getattr(self.screen, "HELP", "")))

    def action_command_palette(self) -> None:
        """Opens the palette, once: it may lie below the help that was opened over it."""
        from tutor.screens.palette import Palette

        if not any(isinstance(screen, Palette) for screen in self.screen_stack):
            self.push_screen(Palette())

    def search_themes(self) -> None:
        """Lets the learner choose a theme."""
        from textual.theme import ThemeProvider

        from tutor.screens.palette import Palette

        self.push_screen(
            Palette(providers=[ThemeProvider], placeholder="a theme's name; Enter puts it on, Esc closes this")
        )

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What the palette offers."""
        from tutor.offer import offered

        return offered(self, screen)

    def action_search(self) -> None:
        """Back to the map, to search the course."""
        from tutor.offer import back_to_map

        if (found := back_to_map(self)) is not None:
            found.action_search()


def run_app(course: Course) -> int:
    """Opens the app and returns its exit code when it is left."""
    from tutor.practice.session import LearningSession

    session = LearningSession(course, Progress(former=course.former), _grader)
    try:
        app = TutorApp(session, tidies=True)
        app.run()
        return app.return_code or 0
    finally:
        session.close()


def _grader() -> Grader:
    from grader.grading import Grader
    from tutor.learner import consent

    return Grader(allow_level_1=consent.given())
