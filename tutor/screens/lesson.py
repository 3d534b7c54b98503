"""A lesson, card by card; demos run where they stand and exercises open from their place."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Footer, Static

from lessons.schema import Block, DemoBlock, ExerciseBlock, Lesson, Prose
from tutor.desk import Desk
from tutor.events import Opened
from tutor.widgets.demo_view import DemoView
from tutor.widgets.exercise_link import ExerciseLink
from tutor.widgets.lesson_markdown import LessonMarkdown


class LessonScreen(Screen[None]):
    """Opens on the card where the learner was last."""

    BINDINGS = [
        Binding("right,n,pagedown", "turn(1)", "Next card", key_display="→"),
        Binding("left,p,pageup", "turn(-1)", "Previous", key_display="←"),
        Binding("r", "run", "Run demo"),
        Binding("e", "exercise", "Exercise"),
        Binding("up", "scroll(-1)", "Scroll up", show=False),
        Binding("down", "scroll(1)", "Scroll down", show=False),
        Binding("space", "on", "Scroll on, then next card", show=False),
        Binding("escape", "leave", "Stop demo / map", key_display="Esc"),
    ]

    def __init__(self, desk: Desk, lesson: Lesson) -> None:
        super().__init__()
        self.desk = desk
        self.lesson = lesson
        self.card = min(desk.progress.last_card(lesson.id), len(lesson.cards) - 1)

    def compose(self) -> ComposeResult:
        yield Static(id="title")
        yield VerticalScroll(id="card")
        yield Footer(compact=True, show_command_palette=False)

    async def on_mount(self) -> None:
        self.query_one("#card").can_focus = False
        await self._show()

    def on_screen_resume(self) -> None:
        self.desk.progress.refresh()
        for link in self.query(ExerciseLink):
            link.tell(self.desk.progress.exercise(link.exercise))

    async def action_turn(self, step: int) -> None:
        """The next card, or the one before."""
        card = self.card + step
        if card < 0:
            self.notify("This is the first card.")
        elif card >= len(self.lesson.cards):
            self.notify("This was the last card. Esc goes back to the map.")
        else:
            self.card = card
            await self._show()

    def action_scroll(self, step: int) -> None:
        self.query_one("#card").scroll_relative(y=step * 2, animate=False)

    async def action_on(self) -> None:
        card = self.query_one("#card")
        if card.scroll_offset.y < card.max_scroll_y:
            card.scroll_page_down(animate=False)
        else:
            await self.action_turn(1)

    def action_run(self) -> None:
        """Runs the demo that has the focus, or the first of the card that is not running."""
        demos = list(self.query(DemoView))
        focused = [demo for demo in demos if demo.has_focus]
        for demo in focused or demos:
            if not demo.running:
                demo.action_run()
                demo.scroll_visible(animate=False)
                return
        if not demos:
            self.notify("This card has no demo.")

    def action_exercise(self) -> None:
        """Opens the card's exercise, or else the lesson's first that is not done."""
        links = list(self.query(ExerciseLink))
        open_ones = [one for one in self.lesson.exercises if self.desk.progress.exercise(one).standing != "done"]
        exercise = links[0].exercise if links else next(iter(open_ones or self.lesson.exercises), None)
        if exercise is None:
            self.notify("This lesson has no exercise.")
        else:
            self._practise(ExerciseLink.Opened(exercise))

    def action_leave(self) -> None:
        """Stops what runs; where nothing does, goes back."""
        stopped = [demo.stop() for demo in self.query(DemoView)]
        if not any(stopped):
            self.app.pop_screen()

    def on_exercise_link_opened(self, event: ExerciseLink.Opened) -> None:
        self._practise(event)

    def _practise(self, event: ExerciseLink.Opened) -> None:
        from tutor.screens.practice import Practice

        self.app.push_screen(Practice(self.desk, event.exercise))

    async def _show(self) -> None:
        body = self.query_one("#card")
        card = self.lesson.cards[self.card]
        where = f"card {self.card + 1} of {len(self.lesson.cards)}"
        self.query_one("#title", Static).update(Content(f"{self.lesson.title}   {where}"))
        async with self.batch():
            await body.remove_children()
            await body.mount_all([self._widget(block) for block in card.blocks])
        body.scroll_home(animate=False)
        if not self.desk.progress.record(Opened(lesson=self.lesson.id, card=self.card)):
            self.notify(self.desk.progress.trouble or "", severity="warning", timeout=10)

    def _widget(self, block: Block) -> Widget:
        match block:
            case Prose(text=text):
                return LessonMarkdown(text)
            case DemoBlock(demo=id):
                demo = self.lesson.demo(id)
                assert demo is not None, "the loader has seen to it"
                return DemoView(self.desk, demo)
            case ExerciseBlock(exercise=id):
                exercise = next(one for one in self.lesson.exercises if one.id == id)
                return ExerciseLink(exercise, self.desk.progress.exercise(exercise))
