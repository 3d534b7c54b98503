"""A demo where it stands in the lesson: its code, and under it what it prints."""

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
from textual.widgets import Static

from grader.grading import Cancel, Cancelled, SandboxError
from lessons.schema import Demo
from tutor.desk import Desk
from tutor.events import DemoRun

KEPT = 20_000
"""Characters of output that stay on the screen."""


class DemoView(Vertical, can_focus=True):
    """Enter runs it; while it runs, Escape stops it."""

    BINDINGS = [Binding("enter", "run", "Run demo")]

    def __init__(self, desk: Desk, demo: Demo) -> None:
        super().__init__()
        self.desk = desk
        self.demo = demo
        self.cancel: Cancel | None = None
        self.printed = ""
        self.logged: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        yield Static(Content(f"Demo: {self.demo.title}"), classes="caption")
        yield Static(highlight(self.demo.source.strip(), language="python"), classes="code")
        yield Static(Content("Press r to run it."), classes="state")
        yield Static(classes="output")

    @property
    def running(self) -> bool:
        return self.cancel is not None

    def action_run(self) -> None:
        """Runs the demo from the start."""
        if self.running:
            return
        self.printed, self.logged = "", {}
        self._show()
        self._say("Running. Esc stops it.")
        self.cancel = Cancel()
        self._run(self.cancel)

    def stop(self) -> bool:
        """Stops a running demo. False where none runs."""
        if self.cancel is None:
            return False
        self.cancel.set()
        return True

    def on_unmount(self) -> None:
        self.stop()

    @work(thread=True, group="demo")
    def _run(self, cancel: Cancel) -> None:
        def tell(method: Callable[..., None], *args: Any) -> None:
            with contextlib.suppress(RuntimeError):  # the app may have ended; nobody waits for news then
                self.call_later(method, *args)

        demo = self.demo
        try:
            run = self.desk.grader.run(
                demo.source,
                name=f"{demo.id}.py",
                seed=demo.seed,
                seconds=demo.budget.seconds,
                on_output=lambda text: tell(self._print, text),
                on_event=lambda event: tell(self._log, event),
                cancel=cancel,
            )
        except Cancelled:
            tell(self._ended, "Stopped.", False)
        except SandboxError as error:
            tell(self._ended, str(error), False)
        else:
            if run.status == "passed":
                tell(self._ended, f"Done in {run.seconds:.1f} s. Press r to run it again.", True)
            else:
                tell(self._ended, f"{run.message} Press r to run it again.", False)

    def _print(self, text: str) -> None:
        self.printed = (self.printed + text)[-KEPT:]
        self._show()

    def _log(self, event: dict[str, Any]) -> None:
        if event.get("type") == "progress":
            total, left = event.get("total"), event.get("left")
            of = f" of {total}" if total else ""
            rest = f", about {left:.0f} s left" if left is not None else ""
            self._say(f"Running: {event.get('done')}{of}{rest}. Esc stops it.")
        elif event.get("type") == "log" and event.get("step") is not None:
            values = ", ".join(f"{name} {value:.4g}" for name, value in event["values"].items() if _number(value))
            self.logged = {"step": f"step {event['step']}: {values}"} if values else self.logged
            self._show()

    def _ended(self, sentence: str, passed: bool) -> None:
        self.cancel = None
        self._say(sentence)
        self.call_after_refresh(self._show_end)
        if passed:
            self.desk.progress.record(DemoRun(lesson=self.demo.lesson, demo=self.demo.id))

    def _show_end(self) -> None:
        """What the demo printed is what the learner waits for."""
        output = self.query_one(".output", Static)
        (output if output.display else self).scroll_visible(animate=False)

    def _say(self, sentence: str) -> None:
        self.query_one(".state", Static).update(Content(sentence))

    def _show(self) -> None:
        text = self.printed.rstrip("\n")
        lines = [text, *self.logged.values()] if text else list(self.logged.values())
        output = self.query_one(".output", Static)
        output.update(Content("\n".join(lines)))
        output.display = bool(lines)


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
