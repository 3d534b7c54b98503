"""How quick the screen is, beside the smallest Textual app there is, in one run. Prints a table.

    .venv/bin/python -m benchmarks.screen [--runs 20]

*First paint*: start of a process -> its first screen is drawn, in a headless terminal of 120 x 40; once as it is every
day, once as it is the very first time, when the course is read and a tour is offered. *Opening a lesson*, *an
exercise*, *F2*, *key to paint*: the key is pressed -> what it opens or types is there. *Save to verdict*: another
program writes the file -> the verdict is drawn, with settling and with the real sandbox, warm. *CPU* is the median of
the processor's time, in the app's own thread or, for a first paint, in its process. Run it on an idle machine: the load
is printed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from textual.events import Key
from textual.pilot import Pilot

from grader.grading import Grader
from lessons.loading.loader import load_course
from lessons.schema import Exercise
from tutor.app import TutorApp
from tutor.learner.events import Opened
from tutor.learner.progress import Progress
from tutor.practice.session import LearningSession
from tutor.screens.course_map import CourseMap
from tutor.screens.lesson import LessonScreen
from tutor.widgets.code_editor import CodeEditor
from tutor.widgets.panes import Panes

EXERCISE = "mixed-list"
SIZE = (120, 40)
SMALLEST = """
from textual.app import App
from textual.widgets import Footer, Static

class Smallest(App):
    def compose(self):
        yield Static("hello")
        yield Footer()

one = Smallest()
"""
OURS = """
from tutor import cli
from tutor.app import TutorApp
from tutor.commands.context import the_course
from tutor.practice.session import LearningSession
from tutor.learner.progress import Progress

one = TutorApp(LearningSession(the_course(), Progress(), lambda: None), tidies=True)
"""
BEGUN = """
from tutor.commands.context import the_course
from tutor.learner.events import Opened
from tutor.learner.progress import Progress

Progress().record(Opened(lesson=the_course().lessons[0].id, card=0))
"""
PAINTED = f"""
import asyncio, resource, sys

async def main():
    async with one.run_test(size={SIZE}) as pilot:
        await pilot.pause()

asyncio.run(main())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, len({{"torch", "numpy"}} & set(sys.modules)))
"""


class Took(NamedTuple):
    """Seconds of one run."""

    wall: float
    work: float
    """Of the processor: what the machine does besides costs none of it."""


def row(name: str, took: list[Took], goal: str = "") -> None:
    ordered = sorted(one.wall for one in took)
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    work = statistics.median(one.work for one in took)
    shown = "".join(f"{one * 1e3:>9.1f}" for one in (ordered[0], statistics.median(ordered), p95, work))
    print(f"{name:<46} {len(took):>5} {shown}   {goal}")


def first_paint(program: str, runs: int, before: str | None = None) -> tuple[list[Took], float]:
    """What each run took, and MiB of memory at the most; each in a home of its own, where `before` has run."""
    took, memory = [], 0.0
    for _ in range(runs):
        home = tempfile.mkdtemp()
        os.environ["DL_TUTOR_HOME"] = home
        if before is not None:
            subprocess.run([sys.executable, "-c", before], check=True)
        began, worked = time.perf_counter(), _children()
        done = subprocess.run([sys.executable, "-c", program + PAINTED], capture_output=True, text=True, check=True)
        took.append(Took(time.perf_counter() - began, _children() - worked))
        most, heavy = done.stdout.split()
        assert heavy == "0", "the screen has loaded torch or numpy"
        memory = max(memory, float(most))
        shutil.rmtree(home)
    return took, memory


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def timed(app: TutorApp, action: Callable[[], object], until: Callable[[], bool]) -> Took:
    """From the action until what it leads to is there and has been drawn."""
    drawn = asyncio.Event()
    began, worked = time.perf_counter(), time.thread_time()
    action()
    while not until():
        await asyncio.sleep(0.001)
    app.screen.call_after_refresh(drawn.set)
    await drawn.wait()
    return Took(time.perf_counter() - began, time.thread_time() - worked)


def key(app: TutorApp, name: str) -> None:
    """Presses a key as the terminal does; the pilot of the tests waits before and after."""
    app.post_message(Key(name, name if len(name) == 1 else None))


async def opening(app: TutorApp, pilot: Pilot[None], runs: int) -> list[Took]:
    """The lesson at the cursor of the map, opened again and again."""

    def shown() -> bool:
        blocks = app.screen.query("#card > *") if isinstance(app.screen, LessonScreen) else ()
        return bool(blocks) and all(block.size.height > 0 for block in blocks)

    found = []
    for _ in range(runs):
        found.append(await timed(app, lambda: key(app, "enter"), shown))
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CourseMap)
    return found


async def practising(app: TutorApp, pilot: Pilot[None], exercise: Exercise, runs: int) -> list[Took]:
    """An exercise, opened again and again: until its file can be typed in."""

    def shown() -> bool:
        editors = app.screen.query(CodeEditor)
        return bool(editors) and not editors.first().read_only and editors.first().size.height > 0

    found = []
    for _ in range(runs):
        found.append(await timed(app, lambda: app.open_exercise(exercise), shown))
        await pilot.pause(0.2)
        app.pop_screen()
        await pilot.pause()
    return found


async def turning(app: TutorApp, runs: int) -> list[Took]:
    """F2: until another pane has the focus."""
    panes = app.screen.query_one(Panes)
    found = []
    for _ in range(runs):
        before = panes.current
        found.append(await timed(app, lambda: key(app, "f2"), lambda: panes.current != before))  # noqa: B023
        await asyncio.sleep(0.05)
    return found


async def typing(app: TutorApp, editor: CodeEditor, runs: int) -> list[Took]:
    editor.focus()
    await asyncio.sleep(0.3)
    found = []
    for number in range(1, runs + 1):
        found.append(await timed(app, lambda: key(app, "x"), lambda: editor.text.count("x") >= number))  # noqa: B023
        await asyncio.sleep(0.02)
    return found


async def saving(app: TutorApp, file: Path, right: str, runs: int) -> list[Took]:
    """Each save differs from the one before in a comment."""
    found = []
    for number in range(runs):
        attempts = app.session.progress.part(EXERCISE, "convert").attempts

        def save(text: str = f"{right}\n# {number}\n") -> None:
            file.write_text(text, encoding="utf-8")

        found.append(await timed(app, save, lambda: app.session.progress.part(EXERCISE, "convert").attempts > attempts))  # noqa: B023
        await asyncio.sleep(0.5)
    return found


async def inside(runs: int) -> dict[str, list[Took]]:
    course = load_course()
    exercise = course.exercise(EXERCISE)
    assert exercise is not None
    right = (exercise.folder / "reference.py").read_text(encoding="utf-8")
    progress = Progress()
    progress.record(Opened(lesson=course.lessons[0].id, card=0))  # who has begun is not welcomed
    found = {}
    with Grader() as grader:
        grader.warm()
        app = TutorApp(LearningSession(course, progress, lambda: grader), tidies=True)
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause(0.5)
            found["opening"] = await opening(app, pilot, runs)
            found["practising"] = await practising(app, pilot, exercise, runs)
            app.open_exercise(exercise)
            await pilot.pause(1)
            found["turning"] = await turning(app, runs)
            editor = app.screen.query_one(CodeEditor)
            editor.load_text("")
            found["typing"] = await typing(app, editor, runs)
            await pilot.pause(1.5)
            found["saving"] = await saving(app, app.screen.query_one("Workbench").draft.path, right, runs)  # type: ignore[attr-defined]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20)
    runs = parser.parse_args().runs
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}", end="")
    print(f"; load {os.getloadavg()[0]:.1f}\n")
    print(f"{'':<46} {'runs':>5} {'min ms':>8} {'p50 ms':>8} {'p95 ms':>8} {'cpu ms':>8}   goal")
    few = max(3, runs // 4)
    small, least = first_paint(SMALLEST, few)
    row("first paint and end, the smallest Textual app", small)
    for name, before in (("every day", BEGUN), ("the first time of all", None)):
        ours, most = first_paint(OURS, few, before)
        times = statistics.median(one.wall for one in ours) / statistics.median(one.wall for one in small)
        row(f"first paint and end, ours, {name}", ours, f"{times:.2f} times as long" + ", 1.5 at most" * bool(before))
    with tempfile.TemporaryDirectory() as home:
        os.environ["DL_TUTOR_HOME"] = home
        found = asyncio.run(inside(runs))
        row("opening a lesson", found["opening"], "100 ms")
        row("opening an exercise", found["practising"], "100 ms")
        row("F2, to the next pane", found["turning"], "100 ms")
        row("key to paint, in the editor", found["typing"])
        row("save to verdict", found["saving"], "p50 400 ms")
    print(f"\nmemory: the smallest app {least:.0f} MiB, ours {most:.0f} MiB, without the sandbox's processes")


if __name__ == "__main__":
    main()
