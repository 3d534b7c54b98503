"""Draws the pictures of the README from the app itself: `make pictures`."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from pathlib import Path

from textual.pilot import Pilot

from grader.grading import Grader
from lessons.loader import load_course
from lessons.schema import Card, DemoBlock
from tutor import workspace
from tutor.app import TutorApp
from tutor.desk import Desk
from tutor.events import Opened
from tutor.progress import Progress

FOLDER = Path(__file__).parent / "pictures"
SIZE = (120, 36)
FIRST_ATTEMPT = '''\
import torch


def describe_conversion(items):
    """Whether torch.tensor takes the list, and with which dtype."""
    try:
        return True, torch.tensor(items).dtype
    except TypeError:
        return False, None
'''


async def draw() -> None:
    """The course map, a card, a demo that has drawn its curve, and an exercise that has just been judged."""
    course, grader = load_course(), Grader()
    grader.warm()
    exercise = course.exercise("mixed-list")
    assert exercise is not None
    path = workspace.start(exercise)
    assert path is not None
    workspace.save(path, FIRST_ATTEMPT)
    progress = Progress()
    progress.record(Opened(lesson="creating-tensors", card=0))  # the first start offers the tour
    app = TutorApp(Desk(course, progress, lambda: grader))
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        save(app, "map")
        lesson = course.lesson("tensor-operators")
        assert lesson is not None
        app.open_lesson(lesson, 3)
        await settled(pilot)
        save(app, "lesson")
        lesson = course.lesson("training-by-hand")
        assert lesson is not None
        app.open_lesson(lesson, next(i for i, card in enumerate(lesson.cards) if shows(card, "cost-curve")))
        await settled(pilot)
        await pilot.press("r")
        while not progress.demo_ran("training-by-hand", "cost-curve"):
            await pilot.pause(0.1)
        await settled(pilot)
        save(app, "curves")
        app.open_exercise(exercise)
        await settled(pilot)
        await pilot.press("f5")
        while not progress.part(exercise.id, "convert").attempts:
            await pilot.pause(0.1)
        await settled(pilot)
        save(app, "practice")
    grader.close()
    progress.close()


def shows(card: Card, demo: str) -> bool:
    return any(isinstance(block, DemoBlock) and block.demo == demo for block in card.blocks)


def save(app: TutorApp, name: str) -> None:
    """The screen as SVG, without the web fonts that Rich would have every reader's browser fetch."""
    picture = app.export_screenshot(title="dl-tutor")
    (FOLDER / f"{name}.svg").write_text(re.sub(r',\s*url\("https:[^)]*\)[^,;]*', "", picture), encoding="utf-8")


async def settled(pilot: Pilot[None]) -> None:
    """Waits until nothing moves any more."""
    await pilot.pause(1.0)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["DL_TUTOR_HOME"] = home
        asyncio.run(draw())


if __name__ == "__main__":
    main()
