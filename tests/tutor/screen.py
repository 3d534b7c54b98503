"""The app for tests: a tiny course, a grader that answers at once, and the screen as plain text."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from grader.console import OnEvent, Ran
from grader.grading import Cancel, Cancelled, Run
from grader.questions import answers as values
from grader.records.given import Given
from grader.records.verdict import Check, Output, PartVerdict, Sandbox, Status, Verdict, worst
from grader.sandbox.capture import OnOutput
from lessons.loading.loader import load_course
from lessons.schema import Exercise
from tutor.app import TutorApp
from tutor.learner.progress import Progress
from tutor.practice.session import LearningSession

COURSE = Path(__file__).parent / "course"
HANGS = 240
"""Seconds after which the app is said to hang: beside six busy processes it takes long, and no test says how long."""
Pilot._wait_for_screen.__defaults__ = (float(HANGS),)  # Textual's own limit, of 30 s, has no other way in
RIGHT = "def double(x):\n    return 2 * x\n"
SMALL, LARGE = (80, 24), (120, 40)
LARGER, LARGEST = (pytest.param(size, marks=pytest.mark.slow) for size in ((120, 40), (200, 60)))
"""Sizes at which what has been seen at 80x24 is seen once more, in the slow tests."""


class QuickGrader:
    """Judges `double` by its text; `hold` makes it wait until it is cancelled."""

    def __init__(self) -> None:
        self.judged: list[tuple[str | None, tuple[str, ...]]] = []
        self.prepared: list[str] = []
        """The exercises whose next answer a judge would wait for."""
        self.hold = False
        self.hold_second = False
        """Whether it is the second verdict, with what the mistakes look like, that waits."""
        self.held = threading.Event()
        self.broken: Exception | None = None
        self.allow_level_1 = True
        self.events: list[dict[str, Any]] = [{"type": "log", "values": {"loss": 0.25}, "step": 3}]
        """What a demo logs and draws."""
        self.drawn: list[dict[str, Any]] = []
        """What the code that is judged logs and draws."""

    def warm(self) -> None:
        pass

    def prepare(self, exercise: Exercise, source: str | None = None) -> None:
        self.prepared.append(exercise.id)

    def refusal(self) -> str:
        return "" if self.allow_level_1 else "Here the sandbox has level 1 only."

    def close(self) -> None:
        pass

    def _wait(self, cancel: Cancel | None) -> None:
        self.held.set()
        while self.hold:
            if cancel is not None and cancel.is_set:
                raise Cancelled
            threading.Event().wait(0.01)

    def grade(
        self,
        exercise: Exercise,
        source: str | None,
        answers: Mapping[str, Given] | None = None,
        *,
        parts: Sequence[str] | None = None,
        seed: int | None = None,
        on_verdict: Callable[[Verdict], None] | None = None,
        on_event: Callable[[dict[str, Any]], None] | None = None,
        cancel: Cancel | None = None,
    ) -> Verdict:
        self.judged.append((source, tuple(parts or ())))
        for event in self.drawn:
            assert on_event is not None
            on_event(event)
        self._wait(cancel)
        if self.broken:
            raise self.broken
        judged = [
            _code(source) if part.kind == "code" else values.judge(exercise, part, (answers or {}).get(part.id))
            for part in exercise.parts
            if parts is None or part.id in parts
        ]
        runs = any(part.kind == "code" for part in judged)
        verdict = Verdict(
            exercise=exercise.id,
            score=sum(part.score for part in judged),
            max=sum(part.max for part in judged),
            parts=tuple(judged),
            status=worst([part.status for part in judged]),
            seconds=0.01,
            seed=7,
            output=Output(head="hello\n") if runs else Output(),
            sandbox=Sandbox(level=1 if runs else 0, layers=()),
        )
        if runs and on_verdict:
            on_verdict(verdict)
            self.hold |= self.hold_second
            self._wait(cancel)
        return verdict

    def run(
        self,
        source: str,
        *,
        name: str,
        seed: int = 0,
        seconds: float = 10,
        on_output: Callable[[str, str], None] | None = None,
        on_event: Callable[[dict[str, Any]], None] | None = None,
        cancel: Cancel | None = None,
    ) -> Run:
        assert on_output is not None and on_event is not None
        for line in ("1\n", "2\n", "3\n"):
            on_output(line, "")
        for event in self.events:
            on_event(event)
        self._wait(cancel)
        return Run(status="passed", message="", output=Output(), events=self.events, seconds=0.1)


class QuickConsole:
    """Runs nothing: a file that says `hold` waits until it is stopped, `1/0` fails in its second line."""

    alive = False

    def __init__(self, grader: object, on_output: OnOutput, on_event: OnEvent, *, hidden: Path) -> None:
        self.on_output, self.on_event = on_output, on_event

    def run(self, source: str, cancel: Cancel, *, program: int | None = None) -> Ran:
        self.alive = True
        for step in range(3):
            self.on_event({"type": "curve", "name": "loss", "steps": [step], "values": [1.0 / (1 + step)], "count": 1})
        self.on_event({"type": "progress", "done": 2, "total": 3, "left": 1.0})
        self.on_output("printed\n", "")
        while "hold" in source:
            if cancel.is_set:
                raise Cancelled
            threading.Event().wait(0.01)
        if "1/0" in source:
            return Ran("error", "ZeroDivisionError: division by zero (line 2)", line=2)
        return Ran("passed", seconds=0.1)

    def ask(self, line: str, cancel: Cancel) -> Ran:
        if line == "bad":
            return Ran("error", "NameError: name 'bad' is not defined")
        self.on_output(f"<{line}>\n", "")
        return Ran("passed")

    def close(self) -> None:
        self.alive = False


def _code(source: str | None) -> PartVerdict:
    status: Status = "passed" if "2 * x" in (source or "") else "error" if "raise" in (source or "") else "failed"
    says = {"error": "NotImplementedError: write double (line 2)", "failed": "The values differ."}
    score = 2.0 if status == "passed" else 0.0
    hint = "Nothing is returned yet." if status == "error" else None
    opens = ("error",) if status == "error" else ()
    check = Check(label="three numbers", status=status, score=score, max=2.0, message=says.get(status, ""), hint=hint)
    return PartVerdict(part="code", kind="code", status=status, score=score, max=2.0, checks=(check,), opens=opens)


def app(grader: QuickGrader | None = None, course: Path = COURSE) -> TutorApp:
    """The app on a course, by default the tiny one, with the progress of the test's home."""
    quick: Any = grader or QuickGrader()
    return TutorApp(LearningSession(load_course(course), Progress(), lambda: quick))


def text(screen: Screen[Any]) -> str:
    """The screen as plain text."""
    # Textual has no public way to this; here is the one place that uses the private one.
    return "\n".join(strip.text.rstrip() for strip in screen._compositor.render_strips())


async def settle(pilot: Pilot[Any], until: Callable[[], bool] | None = None, seconds: float = HANGS) -> None:
    """Waits for the screen to be drawn and, where it is given, for `until`."""
    for _ in range(int(seconds / 0.05)):
        await pilot.pause(0.05)
        if until is None or until():
            break
    else:
        raise AssertionError(f"it did not come to this within {seconds} s; the screen:\n{text(pilot.app.screen)}")
    await pilot.pause()


def shows(pilot: Pilot[Any], *words: str) -> Callable[[], bool]:
    """Whether all of the words stand on the screen."""
    return lambda: all(word in text(pilot.app.screen) for word in words)


async def choose(pilot: Pilot[Any]) -> None:
    """From the map to the exercise, whose questions may still be on their way."""
    await settle(pilot, shows(pilot, "Twice as much"))
    await pilot.press("down", "enter")
    await settle(pilot, shows(pilot, "As code"))


async def practise(pilot: Pilot[Any]) -> None:
    """From the map to the exercise, with its parts drawn."""
    await choose(pilot)
    await settle(pilot, lambda: len(pilot.app.screen.query("QuestionView")) == 5)
