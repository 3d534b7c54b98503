"""Practice: the task, the learner's file or question, and the verdict."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import ContentSwitcher, Footer, Static, Tab, Tabs

from grader.answers import QuestionFault, ask
from grader.grading import Cancel, Cancelled
from grader.report.text import WORDS, number
from grader.submission import BadSubmission, Given, read_answers, write_answer
from grader.verdict import Verdict
from lessons.schema import RUN_KINDS, Exercise, Part
from tutor import hints, outside, watch, workspace
from tutor.desk import Desk
from tutor.events import Answer, Hint, Solution
from tutor.widgets.code_editor import CodeEditor
from tutor.widgets.lesson_markdown import LessonMarkdown
from tutor.widgets.question_view import QuestionView
from tutor.widgets.verdict_view import VerdictView

PANES = ("task", "work", "verdict")
AUTOSAVE_SECONDS = 0.4


class Practice(Screen[None]):
    """One exercise. The editor, $EDITOR and any other program meet on the learner's real file."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar = [
        Binding("f5", "judge", "Judge", priority=True),
        Binding("f3", "hint", "Hint", priority=True),
        Binding("f2", "pane", "Pane", priority=True, tooltip="Next pane: task, work, verdict"),
        Binding("f6", "part", "Part", priority=True, tooltip="Next part of the exercise"),
        Binding("f4", "editor", "$EDITOR", priority=True, tooltip="Your own editor on the same file"),
        Binding("f8", "go(1)", "Next", priority=True, tooltip="Next exercise"),
        Binding("f9", "go(-1)", "Previous exercise", priority=True, show=False),
        Binding("escape", "leave", "Back", priority=True, tooltip="Cancel judging; leave the editor; go back"),
    ]

    def __init__(self, desk: Desk, exercise: Exercise) -> None:
        super().__init__()
        self.desk = desk
        self.exercise = exercise
        self.path: Path | None = None
        self.part: Part = exercise.parts[0]
        self.disk = ""
        """The file's text as this screen last saw or wrote it."""
        self.cancel: Cancel | None = None
        self.autosave: Timer | None = None
        self.unsaved_answers: dict[str, QuestionView] = {}

    def compose(self) -> ComposeResult:
        yield Static(Content(self.exercise.title), id="title")
        yield Tabs(*(Tab(self._tab(part), id=f"part-{part.id}") for part in self.exercise.parts), id="parts")
        yield Static(id="panes")
        with Horizontal(id="desk"):
            with VerticalScroll(id="task", classes="pane"):
                yield LessonMarkdown(self.exercise.prompt)
            with ContentSwitcher(id="work", classes="pane"):
                yield CodeEditor(id="editor", classes="editor")
            yield VerdictView(id="verdict", classes="pane")
        yield Static(id="status")
        yield Footer(compact=True, show_command_palette=False)

    async def on_mount(self) -> None:
        editor = self.query_one(CodeEditor)
        try:
            self.path = workspace.start(self.exercise)
            if self.path is not None:
                self.disk = workspace.read(self.path)
                editor.put(self.disk)
        except (workspace.WorkspaceError, OSError) as error:
            self._warn(str(error))
            editor.read_only = True
        await self._questions()
        self.front("task")
        todo = [part for part in self.exercise.parts if not self.desk.progress.part(self.exercise.id, part.id).passed]
        self._choose((todo or list(self.exercise.parts))[0])
        if self.path is not None and not editor.read_only:
            self._watch(self.path)

    async def _questions(self) -> None:
        try:
            answers = read_answers(workspace.answers_of(self.exercise)).get(self.exercise.id, {})
        except BadSubmission as error:
            self._warn(str(error))
            answers = {}
        work = self.query_one("#work", ContentSwitcher)
        for part in self.exercise.parts:
            if part.kind in RUN_KINDS:
                continue
            nonce = self.desk.progress.nonce(self.exercise.id, part.id)
            given = answers.get(part.id)
            # An answer to other numbers is no answer to these.
            value = given.value if given and (part.kind != "numeric" or given.nonce == nonce) else None
            try:
                await work.mount(QuestionView(part, ask(self.exercise, part, nonce), value))
            except QuestionFault as fault:
                await work.mount(Static(Content(f"The exercise itself is at fault: {fault}"), id=f"question-{part.id}"))

    # --- parts and panes --------------------------------------------------------------------------

    def _tab(self, part: Part) -> Content:
        state = self.desk.progress.part(self.exercise.id, part.id)
        mark = "x" if state.passed else "-" if state.attempts else " "
        return Content(f"[{mark}] {part.title or part.id}")

    def _choose(self, part: Part) -> None:
        self.query_one("#parts", Tabs).active = f"part-{part.id}"
        self._open(part)

    def on_tabs_tab_activated(self, event: Tabs.TabActivated) -> None:
        part = self.exercise.part(str(event.tab.id).removeprefix("part-"))
        if part is not None and part is not self.part:
            self._open(part)

    def _open(self, part: Part) -> None:
        self.part = part
        work = self.query_one("#work", ContentSwitcher)
        work.current = "editor" if part.kind in RUN_KINDS else f"question-{part.id}"
        shown = self.desk.progress.rungs(self.exercise.id, part.id)
        view = self.query_one(VerdictView)
        view.query(".hints").remove()
        if shown:
            view.hint(part, shown)
        if self._front == "work" or not self.has_class("-narrow"):
            self._focus_work()

    @property
    def _front(self) -> str:
        return next((name for name in PANES if self.query_one(f"#{name}").has_class("-front")), "task")

    def front(self, pane: str) -> None:
        """Brings a pane to the front, where there is room for one only."""
        for name in PANES:
            self.query_one(f"#{name}").set_class(name == pane, "-front")
        shown = "   ".join(f"[{name.upper()}]" if name == pane else f" {name} " for name in PANES)
        self.query_one("#panes", Static).update(Content(f"{shown}   F2: next"))

    def _focus_work(self) -> None:
        if self.part.kind in RUN_KINDS:
            self.query_one(CodeEditor).focus()
        else:
            for view in self.query(f"#question-{self.part.id}").results(QuestionView):
                view.focus_first()

    def action_pane(self) -> None:
        """The next pane: to the front where there is room for one, and the focus in any case."""
        pane = PANES[(PANES.index(self._front) + 1) % len(PANES)]
        self.front(pane)
        if pane == "work":
            self._focus_work()
        else:
            self.query_one(f"#{pane}").focus()

    def action_part(self) -> None:
        """The next part."""
        parts = self.exercise.parts
        self._choose(parts[(parts.index(self.part) + 1) % len(parts)])
        self.front("work")
        self._focus_work()

    def action_go(self, step: int) -> None:
        """The next exercise of the course, or the one before."""
        exercise = self.desk.neighbour(self.exercise, step)
        if exercise is None:
            self.notify("There is no exercise further on." if step > 0 else "This is the first exercise.")
        else:
            self._save_all()
            self.app.switch_screen(Practice(self.desk, exercise))

    def action_leave(self) -> None:
        if self.cancel is not None:
            self.cancel.set()
        elif self.query_one(CodeEditor).has_focus:
            self.query_one("#parts").focus()
            self._tell("Esc once more goes back; F2 or Tab returns to the editor.")
        else:
            self._save_all()
            self.app.pop_screen()

    def on_unmount(self) -> None:
        if self.cancel is not None:
            self.cancel.set()

    # --- the learner's file -----------------------------------------------------------------------

    def on_text_area_changed(self) -> None:
        if self.query_one(CodeEditor).changed:
            self._tell("Not saved yet.")
            self._save_soon()

    def on_question_view_changed(self, event: QuestionView.Changed) -> None:
        self.unsaved_answers[event.view.part.id] = event.view
        self._save_soon()

    def _save_soon(self) -> None:
        if self.autosave is not None:
            self.autosave.stop()
        self.autosave = self.set_timer(AUTOSAVE_SECONDS, self._save_all)

    def _save_all(self) -> bool:
        """Saves the file and the answers. False where that failed, which has then been said."""
        try:
            self._save_file()
            for view in list(self.unsaved_answers.values()):
                if view.value is not None:
                    given = Given(view.value, self.desk.progress.nonce(self.exercise.id, view.part.id))
                    write_answer(workspace.answers_of(self.exercise), self.exercise.id, view.part.id, given)
                    self._tell("Saved.")
                self.unsaved_answers.pop(view.part.id)
        except (workspace.WorkspaceError, BadSubmission, OSError) as error:
            self._warn(f"Not saved. {error}")
            return False
        return True

    def _save_file(self) -> None:
        editor = self.query_one(CodeEditor)
        if self.path is None or editor.read_only or not editor.changed:
            return
        if self._take_in() is not None:
            return
        workspace.save(self.path, editor.text)
        self.disk = editor.text
        editor.kept()
        self._tell(f"Saved as {self.path}")

    def _take_in(self) -> str | None:
        """Takes in what another program saved. Returns its text, or None where nothing new is there.

        Raises WorkspaceError. The file stays as the other program left it; what it did not know is kept.
        """
        assert self.path is not None
        try:
            text = workspace.read(self.path)
        except FileNotFoundError:
            return None
        editor = self.query_one(CodeEditor)
        if text == self.disk:
            return None
        self.disk = text
        if editor.changed and editor.text != text:
            kept = workspace.keep(self.path, editor.text)
            self.notify(
                f"The file was changed outside while you were typing. It is shown as it is now; "
                f"your version is kept as {kept}",
                severity="warning",
                timeout=20,
                markup=False,
            )
        editor.put(text)
        self._tell("Taken in from outside.")
        return text

    @work(group="watch", exclusive=True)
    async def _watch(self, path: Path) -> None:
        async for _ in watch.saves(path):
            self._look()

    def _look(self) -> None:
        """Another program may have saved the file: then it is judged."""
        try:
            if self._take_in() is not None:
                self._start_judging([part.id for part in self.exercise.parts if part.kind in RUN_KINDS])
        except workspace.WorkspaceError as error:
            self._warn(str(error))

    def action_editor(self) -> None:
        """Opens the learner's own editor on the file."""
        if self.path is None:
            self.notify("This exercise has no file; answer it here.")
        elif self._save_all():
            if trouble := outside.edit(self.app, self.path):
                self._warn(trouble)
            self._look()

    # --- judging ----------------------------------------------------------------------------------

    def action_judge(self) -> None:
        """Saves and judges: the file as a whole, or the question that is open."""
        if not self._save_all():
            return
        if self.part.kind in RUN_KINDS:
            parts = [part.id for part in self.exercise.parts if part.kind in RUN_KINDS]
        else:
            parts = [self.part.id]
            for view in self.query(f"#question-{self.part.id}").results(QuestionView):
                if view.value is not None:
                    self.desk.progress.record(Answer(exercise=self.exercise.id, part=self.part.id, value=view.value))
        self._start_judging(parts)

    def on_question_view_submitted(self) -> None:
        self.action_judge()

    def _start_judging(self, parts: list[str]) -> None:
        if self.cancel is not None:
            self.cancel.set()
        try:
            answers = read_answers(workspace.answers_of(self.exercise)).get(self.exercise.id, {})
        except BadSubmission as error:
            self._warn(str(error))
            return
        self.cancel = Cancel()
        self._tell("Judging. Esc cancels.")
        self._judge(self.disk if self.path is not None else None, answers, parts, self.cancel)

    @work(thread=True, group="judge")
    def _judge(self, source: str | None, answers: dict[str, Given], parts: list[str], cancel: Cancel) -> None:
        def tell(verdict: Verdict | None, last: bool) -> None:
            if self.is_attached and self.app.is_running:
                self.app.call_from_thread(self._judged, verdict, cancel, last)

        try:
            verdict = self.desk.grader.grade(
                self.exercise,
                source,
                answers,
                parts=parts,
                on_verdict=lambda plain: tell(plain, False),
                cancel=cancel,
            )
        except Cancelled:
            tell(None, True)
        else:
            tell(verdict, True)

    def _judged(self, verdict: Verdict | None, cancel: Cancel, last: bool) -> None:
        if cancel is not self.cancel:
            return  # a newer run has begun
        if verdict is None:
            self.cancel = None
            self._tell("Cancelled.")
            return
        if not getattr(cancel, "recorded", False):
            cancel.recorded = True  # type: ignore[attr-defined]
            if not self.desk.progress.attempt(verdict):
                self._warn(self.desk.progress.trouble or "")
        self._opened_by(verdict)
        self.query_one(VerdictView).show(verdict)
        for part in self.exercise.parts:
            self.query_one(f"#part-{part.id}", Tab).label = self._tab(part)
        if last:
            self.cancel = None
            self.front("verdict")
            score = f"{number(verdict.score)} of {number(verdict.max)} points"
            done = self.desk.progress.exercise(self.exercise).standing == "done"
            more = " The exercise is done; F8 opens the next." if done else ""
            self._tell(f"{WORDS[verdict.status].capitalize()}: {score}.{more}")

    # --- hints ------------------------------------------------------------------------------------

    def _opened_by(self, verdict: Verdict) -> None:
        """A rung that the verdict has just shown need not be shown again."""
        for judged in verdict.parts:
            part = self.exercise.part(judged.part)
            for check in judged.checks if part else ():
                rung = hints.opened_by(part, check.hint) if part else None
                if rung is not None and rung not in self.desk.progress.rungs(self.exercise.id, judged.part):
                    self.desk.progress.record(Hint(exercise=self.exercise.id, part=judged.part, rung=rung))

    def action_hint(self) -> None:
        """The next hint of the part that is open."""
        progress, part = self.desk.progress, self.part
        rung = hints.next_rung(part, progress.rungs(self.exercise.id, part.id))
        if rung is not None:
            progress.record(Hint(exercise=self.exercise.id, part=part.id, rung=rung.number))
            if rung.hint.solution:
                gave_up = not progress.part(self.exercise.id, part.id).passed
                progress.record(Solution(exercise=self.exercise.id, gave_up=gave_up))
        view = self.query_one(VerdictView)
        view.hint(part, progress.rungs(self.exercise.id, part.id))
        self.front("verdict")
        view.call_after_refresh(view.scroll_end, animate=False)

    # --- what is said -----------------------------------------------------------------------------

    def _tell(self, sentence: str) -> None:
        self.query_one("#status", Static).update(Content(sentence))

    def _warn(self, sentence: str) -> None:
        self._tell(sentence)
        self.notify(sentence, severity="warning", timeout=15, markup=False)
