"""Practice: the task, the learner's work and the verdict, side by side where there is room, else one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import ClassVar

from textual import work
from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.css.query import NoMatches
from textual.message import Message
from textual.widget import MountError, Widget
from textual.widgets import Static

from grader.report.counted import out_of
from lessons.schema import RUN_KINDS, Exercise, Part
from tutor.learner import attempt_curves
from tutor.learner.workspace import WorkspaceError
from tutor.practice import editor, hints
from tutor.practice.session import LearningSession
from tutor.screens.glossary import open_glossary
from tutor.screens.note import NoteScreen
from tutor.screens.running import RunningScreen
from tutor.screens.solution import open_solution
from tutor.screens.spoken import open_spoken
from tutor.screens.two_versions import choose_version
from tutor.widgets.choice_bar import ChoiceBar
from tutor.widgets.finding_line import FindingLine
from tutor.widgets.key_bar import KeyBar
from tutor.widgets.keys_in_order import patiently
from tutor.widgets.lesson_markdown import LessonMarkdown
from tutor.widgets.note_view import NoteView
from tutor.widgets.panes import Panes
from tutor.widgets.parts_bar import PartsBar, passed
from tutor.widgets.run_line import RunLine
from tutor.widgets.run_view import RunView
from tutor.widgets.scroll_pane import ScrollPane
from tutor.widgets.verdict_view import VerdictView
from tutor.widgets.workbench import Workbench


class PracticeScreen(RunningScreen):
    """One exercise. Judging runs beside it and never stops the typing."""

    HELP: ClassVar[str] = "Exercise"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5,alt+j", "judge", "Judge", key_display="f5", priority=True),
        Binding("f2", "pane", "Pane", priority=True),
        Binding("f3", "hint", "Hint", priority=True),
        Binding("f4", "editor", "Editor", priority=True),
        Binding("f6,alt+r", "run", "Run", key_display="f6", priority=True),
        Binding("alt+i", "inspect", "Look into the kernel", priority=True, show=False),
        Binding("f8", "part", "Part", priority=True),
        Binding("f9", "leave(1)", "Next", priority=True),
        Binding("shift+f9", "leave(-1)", "Previous", priority=True, show=False),
        Binding("escape", "stop", "Stop", priority=True),
        Binding("escape", "back", "Back", priority=True),
        Binding("ctrl+l,f12", "zoom", "Zoom", priority=True, show=False),
        Binding("alt+left", "widen(-1)", "Narrower", priority=True, show=False),
        Binding("alt+right", "widen(1)", "Wider", priority=True, show=False),
        Binding("alt+t", "hide('task')", "Hide the task", priority=True, show=False),
        Binding("alt+w", "hide('work')", "Hide your work", priority=True, show=False),
        Binding("alt+v", "hide('third')", "Hide the verdict", priority=True, show=False),
        Binding("ctrl+g", "line", "Line", show=False),
        Binding("ctrl+n,alt+m", "note", "Note", show=False),
        Binding("ctrl+r,alt+s", "solution", "Solution", show=False),
        Binding("alt+n", "unfinished", "Next unfinished", priority=True, show=False),
        Binding("g", "glossary", "Terms", show=False),
        Binding("s", "spoken", "Say", show=False),
    ]

    class Left(Message):
        """The learner goes on to another exercise."""

        def __init__(self, following: Exercise, review: bool = False) -> None:
            super().__init__()
            self.following = following
            self.review = review

    def __init__(self, session: LearningSession, exercise: Exercise) -> None:
        super().__init__(session, exercise)
        open_parts = [one for one in exercise.parts if not passed(session.progress, exercise, one)]
        self.part = (open_parts or exercise.parts)[0]
        self.stored = True

    def compose(self) -> ComposeResult:
        yield Static(classes="heading")
        yield Panes(
            {
                "Task": ScrollPane(LessonMarkdown(self.exercise.prompt), *self._notes(), id="task"),
                "Your work": Workbench(self.session, self.exercise, id="work"),
                "Verdict": VerdictView(self.exercise.parts, id="verdict"),
                **({"Run": RunView(id="run")} if self.exercise.runs_code else {}),
            },
            PartsBar(self.exercise, self.session.progress),
        )
        yield RunLine()
        yield KeyBar(compact=True, crowded=True)

    def _notes(self) -> list[Widget]:
        """What stands below the task."""
        return [NoteView(self.exercise)]

    def on_mount(self) -> None:
        self.panes, self.parts = self.query_one(Panes), self.query_one(PartsBar)
        self.bench, self.verdict = self.query_one(Workbench), self.query_one(VerdictView)
        for view in self.query(RunView):
            self.ran = view
        self._tell_state()
        self.panes.focus_first()
        self._choose(self.part)
        self._open()
        for part in self._runs():
            self.verdict.plot.earlier += attempt_curves.earlier(self.exercise, part, 2, self.session.root)

    @work(group="open")
    async def _open(self) -> None:
        try:
            await self.bench.open()
            self.bench.show(self.part)
            if self.panes.current == "work" and self.part.kind not in RUN_KINDS:
                self.bench.focus_work()
            for view in self.query(RunView):
                view.fill()
        except (NoMatches, MountError):
            if self.is_current and self.app.is_running and self.panes.query("#panes"):
                raise  # else it is being closed, or the app, and its widgets are gone

    def store(self) -> bool:
        """Saves everything now. False, with a message, where that cannot be."""
        return all(bench.store() for bench in self.query(Workbench))

    # --- parts and panes --------------------------------------------------------------------------

    @property
    def title_line(self) -> str:
        """What the heading begins with."""
        return self.exercise.title

    def _tell_state(self) -> None:
        """Says in the heading and at the parts how far the exercise is."""
        summary = self.session.progress.exercise(self.exercise)
        points = out_of(summary.score, summary.points, "point")
        done = ", done" if summary.standing == "done" else ""
        saved = "" if self.stored else "   not saved yet"
        self.query_one(".heading", Static).update(Content(f"{self.title_line}   {points}{done}{saved}"))
        self.parts.tell_states()

    def _choose(self, part: Part) -> None:
        """Makes a part the current one."""
        self.part = part
        self.parts.choose(part.id)
        self.bench.show(part)
        self.bench.border_title = f"Your work: {self.exercise.id}.py" if part.kind in RUN_KINDS else "Your answer"
        self._show_last()
        self._show_hints()
        if self.panes.current == "work":
            self.bench.focus_work()

    def action_pane(self) -> None:
        """The pane after the one that has the focus."""
        self.panes.focus_next()

    def action_zoom(self) -> None:
        """All the room for the current pane, and back."""
        self.panes.zoom()

    def action_widen(self, step: int) -> None:
        """More or less room for the current pane."""
        self.panes.widen(step)

    def action_hide(self, place: str) -> None:
        """Hides a pane, or shows it again."""
        self.panes.hide(place)

    def on_choice_bar_chosen(self, message: ChoiceBar.Chosen) -> None:
        if (part := self.exercise.part(message.choice)) is not None:
            self._choose(part)
            self.panes.focus_pane("work")

    async def action_part(self) -> None:
        """The next part; what is pressed after it waits with it, for a while, until its question is there."""
        await patiently(self.bench.opened)
        place = self.exercise.parts.index(self.part)
        order = [*self.exercise.parts[place + 1 :], *self.exercise.parts[: place + 1]]
        self._choose(next(one for one in order if not self._same_file(one) or one is order[-1]))
        self.panes.focus_pane("work")

    def _same_file(self, part: Part) -> bool:
        """Whether there is nothing more to do for a part than for the current one: it is passed by the same file."""
        alike = {part.kind, self.part.kind} <= set(RUN_KINDS)
        return alike and bool(passed(self.session.progress, self.exercise, part))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Esc stops what runs, and else goes back."""
        return self.busy if action == "stop" else True

    def action_stop(self) -> None:
        """Stops judging, or a run."""
        if self.cancel is not None:
            self.cancel.set()
        self.stop_run()

    def action_back(self) -> None:
        """One pane back on a small screen or out of the work, and then out of the exercise."""
        current = self.panes.current
        if current in ("verdict", "run") and self.panes.alone:
            self.panes.focus_pane("work")
        elif current == "work":
            self.panes.focus_pane("task")
        elif self.bench.store():
            self.dismiss()

    def action_leave(self, step: int) -> None:
        """The exercise `step` places further."""
        following = self.session.neighbour(self.exercise, step)
        if following is None:
            self.notify(f"This is the {'last' if step > 0 else 'first'} exercise of the course.")
        elif self.bench.store():
            self.post_message(self.Left(following))

    def action_unfinished(self) -> None:
        """The next exercise that is not done."""
        following = self.session.unfinished(self.exercise)
        if following is None:
            self.notify("Every other exercise is passed.")
        elif self.bench.store():
            self.post_message(self.Left(following))

    # --- the learner's work -----------------------------------------------------------------------

    def on_workbench_saved_outside(self) -> None:
        if self.part.kind not in RUN_KINDS:
            self._choose(self._runs()[0])
        self._judge()

    def on_workbench_stored(self, message: Workbench.Stored) -> None:
        if message.stored is not self.stored:
            self.stored = message.stored
            self._tell_state()

    def on_workbench_kept(self, message: Workbench.Kept) -> None:
        choose_version(self.app, self.bench, message.path, then=self._judge)

    def on_workbench_trouble(self, message: Workbench.Trouble) -> None:
        self.verdict.say(message.sentence)  # and the pane that is in front stays there
        self.notify(message.sentence, title="Your file", severity="error", timeout=15, markup=False)

    def action_editor(self) -> None:
        """Opens the file in the learner's own editor."""
        if self.bench.code is None:
            self.notify("This exercise has no file; its questions are answered here.")
        elif self.bench.store():
            if trouble := editor.handed_over(self.app.suspend(), self.bench.draft.path):
                self.notify(trouble, severity="warning", markup=False)
            self.bench.look()

    def action_hint(self) -> None:
        """Shows the next hint of the part."""
        hints.open_next(self.session.progress, self.exercise, self.part)
        self._show_hints(asked=True)
        self._show_verdict()

    def action_note(self) -> None:
        """Opens the note on this exercise."""

        def shown(_: object) -> None:
            for view in self.query(NoteView):
                view.show()

        self.app.push_screen(NoteScreen(self.exercise), shown)

    def action_glossary(self) -> None:
        """Explains the terms of the task."""
        open_glossary(self.app, self.session.course.glossary, self.exercise.prompt)

    def action_spoken(self) -> None:
        """Says the formulas of the task in words."""
        open_spoken(self.app, self.exercise.prompt)

    def commands(self) -> Iterator[SystemCommand]:
        """What the palette offers here."""
        yield SystemCommand("Judge", "Saves and judges what is on the screen", self.action_judge)
        yield SystemCommand("Hint", "The next hint for this part", self.action_hint)
        yield SystemCommand("Next part", "The next that is not passed by the same file", self.action_part)
        if self.bench.code is not None:
            yield SystemCommand("Run", "Saves your file and runs it", self.action_run)
            yield SystemCommand("Editor", "Opens your file in your own editor", self.action_editor)
            yield SystemCommand("Start over", "Puts the starter back; your text is kept as a backup", self._start_over)
        if self._done():
            yield SystemCommand("Solution", "Shows how the course solves the exercise", self._solve)
        else:
            yield SystemCommand("Give up: solution", "Shows the solution, and notes that you asked", self._solve)
        yield SystemCommand("Zoom", "All the room for the current pane, and back", self.action_zoom)
        yield SystemCommand("Wider", "More room for the current pane", partial(self.action_widen, 1))
        yield SystemCommand("Narrower", "Less room for the current pane", partial(self.action_widen, -1))
        for place, name in (("task", "task"), ("work", "your work"), ("third", "verdict and run")):
            yield SystemCommand(
                f"Hide or show: {name}", "The other panes get its room", partial(self.action_hide, place)
            )
        if any(part.kind == "kernel" for part in self.exercise.parts):
            yield SystemCommand("Look into the kernel", "What one program does, line by line", self.action_inspect)
        yield SystemCommand("Terms", "Explains the words of the task", self.action_glossary)
        yield SystemCommand("Formulas", "Says the formulas of the task in words", self.action_spoken)
        yield SystemCommand("Note", "Opens your note on this exercise", self.action_note)
        yield SystemCommand("Next unfinished exercise", "Opens the next that is not passed", self.action_unfinished)
        yield SystemCommand("Next exercise", "Opens the exercise after this one", lambda: self.action_leave(1))
        yield SystemCommand("Previous exercise", "Opens the exercise before", lambda: self.action_leave(-1))

    def _done(self) -> bool:
        return self.session.progress.exercise(self.exercise).standing == "done"

    def _start_over(self) -> None:
        try:
            kept = self.bench.reset()
        except WorkspaceError as error:
            return self._say(str(error))
        if kept is not None:
            self.notify(f"Your text is kept as {kept.parent.name}/{kept.name}.", markup=False)

    def action_solution(self) -> None:
        """The solution, for who has passed everything."""
        if not self._done():
            return self.notify("Not everything here is passed yet. To see it all the same: Ctrl+P, then Give up.")
        self._solve()

    def _solve(self) -> None:
        if trouble := open_solution(self.app, self.session, self.exercise, self.bench.text):
            self._say(trouble)

    # --- from a finding to its line ---------------------------------------------------------------

    def action_line(self) -> None:
        """Goes to the line that the next finding of the verdict names."""
        if (line := self.verdict.next_line()) is not None:
            self._go_to(line)

    def on_finding_line_opened(self, message: FindingLine.Opened) -> None:
        self._go_to(message.line)

    def _go_to(self, line: int) -> None:
        if self.part.kind not in RUN_KINDS:
            self._choose(self._runs()[0])
        self.panes.focus_pane("work")
        if self.bench.code is not None:
            self.bench.code.go_to(line)
