"""Running the learner's own file beside the work, and lines in its names."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import Any

from textual import work

from grader.console import Console, Ran
from grader.grading import Cancel, Cancelled, SandboxError
from grader.records.inspection import Inspection
from tutor.practice.run_progress import state_of
from tutor.screens.inspection import InspectionScreen, show_inspection
from tutor.screens.judging import JudgingScreen
from tutor.text import kernel_steps
from tutor.widgets import run_line
from tutor.widgets.run_view import RunView


class RunningScreen(JudgingScreen):
    """A screen on which the exercise's file can be run."""

    ran: RunView
    console: Console | None = None
    running: Cancel | None = None

    def on_unmount(self) -> None:
        super().on_unmount()
        self.stop_run()
        if self.console is not None:  # it may have to wait for what is being judged
            threading.Thread(target=self.console.close, daemon=True).start()

    @property
    def busy(self) -> bool:
        """Whether something is judged or runs."""
        return self.cancel is not None or self.running is not None

    def stop_run(self) -> bool:
        """Stops what runs. False where nothing does."""
        if self.running is None:
            return False
        self.running.set()
        return True

    def action_run(self) -> None:
        """Saves the file and runs it."""
        if self.bench.code is None:
            self.notify("This exercise has no file; its questions are answered here.")
            return
        if not self.bench.store():
            return
        self.stop_run()
        self.panes.front_third("run")
        self.panes.focus_pane("run")
        self.ran.begin()
        self.ran.say("Running. Esc stops it.")
        self.running = Cancel()
        run_line.begin(self, "Running")
        self._run(self.running, self.bench.text, None)

    def action_inspect(self) -> None:
        """Saves the file, runs it, and shows what its kernels do line by line."""
        if self.bench.code is None:
            self.notify("This exercise has no file; its questions are answered here.")
        elif self.bench.store():
            self._inspect_program(0)

    def _inspect_program(self, program: int) -> None:
        self.stop_run()
        self.ran.begin()
        self.running = Cancel()
        run_line.begin(self, "Looking into your kernels")
        self._run(self.running, self.bench.text, None, program)

    def on_inspection_screen_wanted(self, message: InspectionScreen.Wanted) -> None:
        self._inspect_program(message.program)

    def on_run_view_tried(self, message: RunView.Tried) -> None:
        if self.running is not None:
            self.notify("Something is still running; Esc stops it.")
            return
        self.ran.echo(message.line)
        self.running = Cancel()
        run_line.begin(self, "Running your line")
        self._run(self.running, self.bench.text, message.line)

    @work(thread=True, group="run")
    def _run(self, cancel: Cancel, source: str, line: str | None, program: int | None = None) -> None:
        def tell(method: Callable[..., None], *args: object) -> None:
            with contextlib.suppress(RuntimeError):  # the app may have ended; nobody waits for news then
                self.call_later(method, cancel, *args)

        found: Inspection | None = None
        try:
            if self.console is None:
                self.console = Console(
                    self.session.grader,
                    lambda *text: self._tell(self._printed, *text),
                    lambda event: self._tell(self._logged, event),
                    hidden=self.exercise.folder,
                )
            if line is None:
                ran = self.console.run(source, cancel, program=program)
                found = None if program is None else self.console.inspection(cancel)
            elif self.console.alive:
                ran = self.console.ask(line, cancel)
            else:
                self.console.run(source, cancel)
                ran = self.console.ask(line, cancel)
        except Cancelled:
            ran = Ran("error", "Stopped. F6 runs your file again.")
        except (SandboxError, OSError) as error:
            ran = Ran("grader_error", str(error))
        except Exception as error:  # whatever breaks there, the learner's work is saved and goes on
            ran = Ran("grader_error", f"The run itself failed ({type(error).__name__}: {error}). F6 tries again.")
        tell(self._ended, ran, line is not None, found)

    def _tell(self, method: Callable[..., None], *args: object) -> None:
        with contextlib.suppress(RuntimeError):
            self.call_later(method, self.running, *args)

    def _printed(self, cancel: Cancel, text: str, unfinished: str) -> None:
        if cancel is self.running:
            self.ran.print(text, unfinished)

    def _logged(self, cancel: Cancel, event: dict[str, Any]) -> None:
        if cancel is not self.running:
            return
        run_line.hear(self, event)
        if state := state_of(event, "Running"):
            self.ran.say(state)
        else:
            self.ran.draw(event)

    def _ended(self, cancel: Cancel, ran: Ran, line: bool, found: Inspection | None) -> None:
        if cancel is not self.running:
            return  # it was run again meanwhile
        self.running = None
        if self.cancel is None:
            run_line.end(self)
        self.ran.ended(ran, line=line)
        if found is not None and found.launches:
            show_inspection(self, found)
        elif found is not None:
            self.notify(kernel_steps.NOTHING if ran.status == "passed" else ran.message, markup=False)
        if self.panes.current == "run" and self.bench.code is not None:
            self.ran.focus_line()
        if ran.line is not None and self.bench.code is not None:
            self.bench.code.mark([ran.line])
