"""A demo where it stands in the lesson: its code, which can be changed, and under it what it prints."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.highlight import highlight
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from grader.grading import Cancel, Cancelled, SandboxError
from grader.report.counted import counted
from lessons.schema import Demo
from tutor.learner import curve_files, demo_copy
from tutor.learner.events import DemoRun
from tutor.learner.workspace import WorkspaceError
from tutor.plots.curves import curves
from tutor.practice.run_progress import state_of
from tutor.practice.session import LearningSession
from tutor.widgets.code_editor import CodeEditor
from tutor.widgets.curve_plot import CurvePlot
from tutor.widgets.run_line import begin, end, hear
from tutor.widgets.run_output import RunOutput
from tutor.widgets.scroll_pane import dress_alone

PAUSE = 0.5
"""Seconds after the last key until what was typed is kept."""


class DemoView(Vertical, can_focus=True):
    """Enter runs it; while it runs, Escape stops it. Code that would not fit on the card is folded away at first.

    Its code can be changed in place: the change is the learner's own copy, kept beside the original.
    """

    BINDINGS = [
        Binding("enter", "run", "Run demo", show=False),
        Binding("f5", "run_copy", "Run your copy"),
        Binding("escape", "leave_editor", "Leave the code", priority=True),
    ]

    class Turned(Message):
        """There is an own copy now, or none any more."""

    def __init__(self, session: LearningSession, demo: Demo, *, folded: bool = False) -> None:
        super().__init__(classes="-folded" if folded else None)
        self.session = session
        self.demo = demo
        self.foldable = folded
        self.following = False
        """Whether the end of the output is kept in view: for a moment after a run."""
        self.cancel: Cancel | None = None
        self.output = RunOutput()
        self.plot = CurvePlot()
        self.looked = False
        self.waiting: Timer | None = None
        self.editor = CodeEditor(id="copy", classes="code")
        self.trouble = ""
        try:
            self.copy = demo_copy.own_copy(demo)
        except WorkspaceError as error:
            self.copy, self.trouble = None, str(error)

    def compose(self) -> ComposeResult:
        yield Static(classes="caption")
        yield Static(classes="summary")
        yield Static(classes="code")
        self.editor.display = False
        yield self.editor
        yield Static(Content(self.trouble or "Press r to run it, c to change its code."), classes="state")
        yield self.plot
        yield self.output

    def on_mount(self) -> None:
        self._show_code()

    def watch_has_focus(self, _has_focus: bool) -> None:
        dress_alone(self)

    @property
    def source(self) -> str:
        """What runs: the learner's copy, else the original."""
        return self.demo.source if self.copy is None else self.copy

    @property
    def editing(self) -> bool:
        return self.has_class("-editing")

    def _show_code(self) -> None:
        own = " (your copy)" if self.copy is not None else ""
        self.query_one(".caption", Static).update(Content(f"Demo: {self.demo.title}{own}"))
        source = self.source.strip()
        self.query_one("Static.code", Static).update(highlight(source, language="python"))
        self.query_one(".summary", Static).update(
            Content(f"Its code, {counted(len(source.splitlines()), 'line')}, is folded away. Press f to read it.")
        )

    def action_fold(self) -> None:
        """Shows the code, or folds it away again."""
        if not self.editing:
            self.toggle_class("-folded")
            self.scroll_visible(animate=False, top=True)

    # --- the learner's copy -----------------------------------------------------------------------

    def action_change(self) -> None:
        """Opens the code for changes."""
        if self.editing:
            return
        self.editor.put(self.source.strip() + "\n")
        self.remove_class("-folded")
        self.add_class("-editing")
        self.editor.display = True
        self.screen.set_focus(self.editor)  # at once: `focus()` waits, and the next key would turn the card
        self._say("F5 runs your copy, Esc leaves the code. It is kept, and never graded.")

    def action_leave_editor(self) -> None:
        """Shows the code as it is now."""
        self.save()
        self.remove_class("-editing")
        self.editor.display = False
        self._show_code()
        self.screen.set_focus(self)
        self._say("Press r to run it." if self.copy is None else "Press r to run your copy, o for the original.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape is the screen's, unless it leaves the code here."""
        return self.editing if action in ("leave_editor", "run_copy") else True

    def action_put_back(self) -> None:
        """Shows the original again; the copy is kept as a backup."""
        self.save()
        try:
            kept = demo_copy.put_back(self.demo)
        except (WorkspaceError, OSError) as error:
            self._say(str(error))
            return
        self.copy = None
        self.remove_class("-editing")
        self.editor.display = False
        self._show_code()
        self.screen.set_focus(self)
        where = f" Your copy is kept as {kept}." if kept is not None else ""
        self._say(f"This is the original again.{where}")
        self.post_message(self.Turned())

    def on_text_area_changed(self) -> None:
        if self.editing:
            if self.waiting is not None:
                self.waiting.stop()
            self.waiting = self.set_timer(PAUSE, self.save)

    def save(self) -> None:
        """Keeps what has been typed."""
        if self._store():
            self._show_code()
            if self.trouble:
                self._say(self.trouble)
            self.post_message(self.Turned())

    def _store(self) -> bool:
        """Writes the copy where it has changed; says whether it has."""
        if self.waiting is not None:
            self.waiting.stop()
            self.waiting = None
        if not self.editing or not self.editor.changed:
            return False
        text = self.editor.text
        self.copy = None if demo_copy.same(text, self.demo.source) else text
        try:
            demo_copy.save(self.demo, text)
        except (WorkspaceError, OSError) as error:
            self.trouble = f"Your copy is not kept: {error}"
        else:
            self.trouble = ""
            self.editor.kept()
        return True

    # --- running ----------------------------------------------------------------------------------

    @property
    def running(self) -> bool:
        return self.cancel is not None

    def action_run_copy(self) -> None:
        """Runs what has just been typed."""
        self.action_run()

    def action_run(self) -> None:
        """Runs the demo from the start."""
        if self.running:
            return
        self.save()
        self.output.clear()
        self.plot.begin()
        self.looked = False
        self._say("Running. Esc stops it.")
        self.cancel = Cancel()
        begin(self.screen, f"Demo: {self.demo.title}")
        self._run(self.cancel)

    def stop(self) -> bool:
        """Stops a running demo. False where none runs."""
        if self.cancel is None:
            return False
        self.cancel.set()
        return True

    def on_unmount(self) -> None:
        self._store()
        self.stop()

    @work(thread=True, group="demo")
    def _run(self, cancel: Cancel) -> None:
        def tell(method: Callable[..., None], *args: Any) -> None:
            with contextlib.suppress(RuntimeError):  # the app may have ended; nobody waits for news then
                self.call_later(method, *args)

        demo, copy = self.demo, self.copy
        again = "F5 runs it again." if self.editing else "Press r to run it again."
        try:
            run = self.session.grader.run(
                demo.source if copy is None else copy,
                name=f"{demo.id}.py",
                seed=demo.seed,
                seconds=demo.budget.seconds,
                on_output=lambda *text: tell(self.output.print, *text),
                on_event=lambda event: tell(self._log, event),
                cancel=cancel,
            )
        except Cancelled:
            tell(self._ended, "Stopped.", False)
        except SandboxError as error:
            tell(self._ended, str(error), False)
        else:
            if found := curves(run.events):
                with contextlib.suppress(WorkspaceError):  # they are on the screen
                    curve_files.write_both(found, demo_copy.curves_of(demo))
            if run.status == "passed":
                tell(self._ended, f"Done in {run.seconds:.1f} s. {again}", copy is None)
            else:
                tell(self._ended, f"{run.message} {again}", False)

    def _log(self, event: dict[str, Any]) -> None:
        if not self.running:
            return  # it was stopped; what had come by then stays
        hear(self.screen, event)
        if state := state_of(event, "Running"):
            self._say(state)
        elif event["type"] == "figure":
            self._look_at_run()
            self.output.draw(event["figure"])
        elif self.plot.add(event) and self.plot.pictured:
            self._look_at_run()

    def _look_at_run(self) -> None:
        """Brings what is drawn into view, once in a run: after that the learner scrolls."""
        if not self.looked:
            self.looked = True
            state = self.query_one(".state", Static)
            self.call_after_refresh(state.scroll_visible, animate=False, top=True)

    def _ended(self, sentence: str, shown: bool) -> None:
        """The run has come to its end; `shown` says that it was the original, and that it passed."""
        self.cancel = None
        end(self.screen)
        self.plot.settle()
        self._say(" ".join([sentence, *(f"{told}." for told in self.plot.recording.summary())]))
        self.following = True  # what was printed last gets its height a little later
        self.set_timer(PAUSE, self._follow_no_more)
        self.call_after_refresh(self._show_end)
        if shown:
            self.session.progress.record(DemoRun(lesson=self.demo.lesson, demo=self.demo.id))

    def on_run_output_grown(self) -> None:
        if self.following:
            self.call_after_refresh(self._show_end)

    def _follow_no_more(self) -> None:
        self.following = False

    def _show_end(self) -> None:
        """What the demo printed is what the learner waits for."""
        if self.looked:  # the state, and under it what was drawn
            self.query_one(".state", Static).scroll_visible(animate=False, top=True)
        else:
            (self.output if self.output.display else self).scroll_visible(animate=False)

    def _say(self, sentence: str) -> None:
        self.query_one(".state", Static).update(Content(sentence))
