"""A lesson, card by card: its text, demos that run where they stand, and the way to its exercises."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from lessons.formulas.markdown import Formula, formulas
from lessons.formulas.prose import without_code
from lessons.loading.screen import code_of, fits
from lessons.schema import Block, Card, DemoBlock, Lesson, Prose
from tutor.learner.earned import as_earned
from tutor.learner.events import Opened
from tutor.learner.layout import WIDE
from tutor.practice.session import LearningSession
from tutor.screens.contents import ContentsScreen
from tutor.screens.drawn_once import DrawnOnce
from tutor.screens.glossary import GlossaryScreen
from tutor.screens.spoken import SpokenScreen
from tutor.text.contents import contents
from tutor.text.glossary import terms_in
from tutor.widgets.blank import Blank, BlankHorizontal
from tutor.widgets.demo_view import DemoView
from tutor.widgets.exercise_link import ExerciseLink
from tutor.widgets.key_bar import KeyBar
from tutor.widgets.lesson_markdown import LessonMarkdown
from tutor.widgets.run_line import RunLine, end
from tutor.widgets.scroll_pane import ScrollPane

OFFERED = (
    ("run", "Run the demonstration", "Runs the code of this card"),
    ("fold", "Show the whole code", "Or folds it again, where it is long"),
    ("change", "Edit the demonstration", "Opens its code, to try something in it"),
    ("put_back", "Reset the demonstration", "Shows the course's own code again"),
    ("practise", "Task", "Opens the exercise of this card"),
    ("contents", "Cards", "All cards of this lesson"),
    ("glossary", "Terms", "Explains the words of this card"),
    ("spoken", "Formulas", "Says the formulas of this card in words"),
    ("first", "First card", "Of this lesson"),
    ("last", "Last card", "Of this lesson"),
)
"""Actions that the palette offers where they do something: what they are called, and what they do."""


class LessonScreen(DrawnOnce, Blank, Screen[None]):
    """Shows one card at a time; where there is room, the table of contents stands beside it."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide"), (150, "-roomy")]

    HELP: ClassVar[str] = "Lesson"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,right,space", "turn(1)", "Next", key_display="n"),
        Binding("p,left", "turn(-1)", "Prev", key_display="p"),
        Binding("r", "run", "Run"),
        Binding("f", "fold", "Code"),
        Binding("c", "change", "Edit"),
        Binding("o", "put_back", "Reset"),
        Binding("e", "practise", "Task"),
        Binding("t", "contents", "Cards"),
        Binding("g", "glossary", "Terms"),
        Binding("s", "spoken", "Say"),
        Binding("escape", "stop", "Stop"),
        Binding("escape", "back", "Map"),
        Binding("slash", "app.search", "Search the course", show=False),
        Binding("home", "first", "First card", show=False),
        Binding("end", "last", "Last card", show=False),
    ]

    class Finished(Message):
        """The learner went on from the last card."""

        def __init__(self, lesson: Lesson) -> None:
            super().__init__()
            self.lesson = lesson

    def __init__(self, session: LearningSession, lesson: Lesson, card: int) -> None:
        super().__init__()
        self.session = session
        self.lesson = lesson
        self.card = min(max(0, card), len(lesson.cards) - 1)
        self.terms: list[str] = []
        self.formulas: list[Formula] = []

    def compose(self) -> ComposeResult:
        yield Static(classes="heading")
        with BlankHorizontal(id="lesson"):
            yield Static(id="beside")
            yield ScrollPane(*self._widgets(), id="card")
        yield RunLine()
        yield KeyBar(compact=True, crowded=True)

    def on_mount(self) -> None:
        self._tell()

    def on_screen_resume(self) -> None:
        self.session.progress.refresh()
        for link in self.query(ExerciseLink):
            link.tell(self.session.progress.exercise(link.exercise))

    async def _show(self) -> None:
        """Draws another card."""
        view = self.query_one("#card", VerticalScroll)
        self._keep_copies()
        with self.app.batch_update():
            await view.remove_children()
            end(self)  # a demo that ran has gone with its card
            await view.mount(*self._widgets())
        if self.is_attached:  # else it was left meanwhile
            self._tell()

    def _tell(self) -> None:
        """Says all around the card which one it is, and remembers that it was opened."""
        cards = self.lesson.cards
        bar = "■" * (self.card + 1) + "□" * (len(cards) - self.card - 1)
        self.query_one(".heading", Static).update(
            Content(f"{self.lesson.title}   card {self.card + 1} of {len(cards)}   {bar}")
        )
        prose = _prose(self._card())
        self.terms = terms_in(self.session.course.glossary, prose)
        self.formulas = list(formulas(without_code(prose)))
        view = self.query_one("#card", VerticalScroll)
        view.scroll_home(animate=False)
        self.set_focus(view)
        self.refresh_bindings()
        self.session.progress.record(Opened(lesson=self.lesson.id, card=self.card))
        read = self.session.progress.cards(self.lesson.id)
        self.query_one("#beside", Static).update(Content("\n".join(contents(self.lesson, read, self.card))))

    def _card(self) -> Card:
        """The card as it is open to this learner."""
        return as_earned(self.lesson, self.lesson.cards[self.card], self.session.progress)

    def _widgets(self) -> list[Widget]:
        card = self._card()
        folded = not fits(card, code_of(self.lesson, card))
        return [self._widget(block, folded) for block in card.blocks]

    def _widget(self, block: Block, folded: bool) -> Widget:
        if isinstance(block, Prose):
            return LessonMarkdown(block.text)
        if isinstance(block, DemoBlock):
            demo = self.lesson.demo(block.demo)
            assert demo is not None, "the loader has found every demo"
            return DemoView(self.session, demo, folded=folded)
        exercise = next(one for one in self.lesson.exercises if one.id == block.exercise)
        return ExerciseLink(exercise, self.session.progress.exercise(exercise))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only keys that do something on this card stand in the footer."""
        match action:
            case "stop":
                return any(demo.running for demo in self.query(DemoView))
            case "run" | "change":
                return bool(self.query(DemoView))
            case "fold":
                return any(demo.foldable for demo in self.query(DemoView))
            case "glossary":
                return bool(self.terms)
            case "spoken":
                return bool(self.formulas)
            case "put_back":
                return any(demo.copy is not None for demo in self.query(DemoView))
            case "practise":
                return bool(self.query(ExerciseLink))
            case "turn" if parameters == (-1,):
                return self.card > 0
        return True

    def commands(self) -> Iterator[SystemCommand]:
        """What the palette offers on this card."""
        for action, title, help in OFFERED:
            if self.check_action(action, ()):
                yield SystemCommand(title, help, getattr(self, f"action_{action}"))

    async def action_turn(self, step: int) -> None:
        """The next card or the one before; beyond the last one the next lesson."""
        if self.card + step >= len(self.lesson.cards):
            self.post_message(self.Finished(self.lesson))
        elif self.card + step >= 0:
            self.card += step
            await self._show()

    def action_glossary(self) -> None:
        """Explains the terms of the card."""
        if self.terms:
            self.app.push_screen(GlossaryScreen(self.session.course.glossary, self.terms))

    def action_spoken(self) -> None:
        """Says the formulas of the card in words."""
        if self.formulas:
            self.app.push_screen(SpokenScreen(self.formulas))

    def action_contents(self) -> None:
        """Shows the cards of the lesson, and goes to the one that is chosen."""

        async def chosen(card: int | None) -> None:
            if card is not None and card != self.card:
                self.card = card
                await self._show()

        self.app.push_screen(
            ContentsScreen(self.lesson, self.card, self.session.progress.cards(self.lesson.id)), chosen
        )

    async def action_first(self) -> None:
        self.card = 0
        await self._show()

    async def action_last(self) -> None:
        self.card = len(self.lesson.cards) - 1
        await self._show()

    def action_run(self) -> None:
        """Runs the demo that has the focus, else the first that is not running."""
        for demo in self._demos(lambda one: not one.running):
            demo.action_run()
            demo.scroll_visible(animate=False)

    def action_fold(self) -> None:
        """Shows the code of a demo or folds it away: of the one that has the focus, else of the first."""
        for demo in self._demos(lambda one: one.foldable):
            demo.action_fold()

    def action_change(self) -> None:
        """Opens the code of a demo: the one that has the focus, else the first."""
        for demo in self._demos(lambda one: True):
            demo.action_change()

    def action_put_back(self) -> None:
        """Shows the original of a demo again: the one that has the focus, else the first that was changed."""
        for demo in self._demos(lambda one: one.copy is not None):
            demo.action_put_back()

    def _keep_copies(self) -> None:
        for demo in self.query(DemoView):
            demo.save()

    def on_demo_view_turned(self) -> None:
        self.refresh_bindings()

    def _demos(self, fits: Callable[[DemoView], bool]) -> list[DemoView]:
        """The demo that is meant, if there is one."""
        demos = [one for one in self.query(DemoView) if fits(one)]
        return ([one for one in demos if one.has_focus_within or one.has_focus] or demos)[:1]

    def action_practise(self) -> None:
        """Opens the exercise that has the focus, else the first of the card."""
        links = list(self.query(ExerciseLink))
        for link in [one for one in links if one.has_focus] or links[:1]:
            link.action_open()

    def action_stop(self) -> None:
        """Stops what runs."""
        for demo in self.query(DemoView):
            demo.stop()

    def action_back(self) -> None:
        """Back to the map."""
        self._keep_copies()
        self.dismiss()


def _prose(card: Card) -> str:
    return "\n".join(block.text for block in card.blocks if isinstance(block, Prose))
