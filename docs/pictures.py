"""Draws the pictures of the README from the app itself: `make pictures`."""

from __future__ import annotations

import asyncio
import os
import random
import re
import tempfile
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from textual.pilot import Pilot

from grader.grading import Grader
from grader.records.verdict import Status
from lessons.loading.loader import load_course
from lessons.schema import Card, Course, DemoBlock
from tutor.app import TutorApp
from tutor.learner import workspace
from tutor.learner.events import Attempt, Entry, Opened
from tutor.learner.progress import Progress
from tutor.practice.session import LearningSession
from tutor.screens.prediction import PredictionScreen
from tutor.screens.solution import open_solution
from tutor.widgets.verdict_view import VerdictView

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


BEFORE_IT_RUNS = """import torch


def second_backward(x0, retain):
    x = torch.tensor([x0], requires_grad=True)
    z = x**2 + x
    z.backward(retain_graph=retain)
    z.backward()
    return x.grad.item()
"""
NEVER_RESET = """import torch
from tutor import live


def train_torch(X, Y, alpha, n_iter, init):
    layer = torch.nn.Linear(2, 1).double()
    with torch.no_grad():
        layer.weight[:] = torch.tensor([init[:2]])
        layer.bias[:] = init[2]
    costs = []
    for i in range(n_iter):
        z = layer(X).squeeze(1)
        cost = torch.nn.functional.binary_cross_entropy_with_logits(z, Y.double())
        cost.backward()
        with torch.no_grad():
            for parameter in layer.parameters():
                parameter -= alpha * parameter.grad
        costs.append(cost.item())
        live.log({"cost": cost.item()}, step=i)
    return layer.weight.detach(), layer.bias.detach(), torch.tensor(costs)


def compare_times(X, Y):
    raise NotImplementedError("not written yet")
"""


async def draw() -> None:
    """Every screen of the app, with something on it."""
    course, grader = load_course(), Grader()
    grader.warm()
    exercise = course.exercise("mixed-list")
    assert exercise is not None
    path = workspace.start(exercise)
    assert path is not None
    workspace.save(path, FIRST_ATTEMPT)
    progress = Progress()
    progress.record(Opened(lesson="creating-tensors", card=0))  # the first start offers the tour
    app = TutorApp(LearningSession(course, progress, lambda: grader))
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        save(app, "map")
        lesson = course.lesson("tensor-operators")
        assert lesson is not None
        app.open_lesson(lesson, next(i for i, card in enumerate(lesson.cards) if shows(card, "outer-product")))
        await settled(pilot)
        save(app, "lesson")
        lesson = course.lesson("training-by-hand")
        assert lesson is not None
        app.open_lesson(lesson, next(i for i, card in enumerate(lesson.cards) if shows(card, "thousand-steps")))
        await settled(pilot)
        await pilot.press("r")
        while not progress.demo_ran("training-by-hand", "thousand-steps"):
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
        await pilot.press("g")
        await settled(pilot)
        save(app, "glossary")
        await pilot.press("escape", "ctrl+n")
        await settled(pilot)
        await pilot.press(*"ask for the dtype first")
        save(app, "note")
        await pilot.press("escape")
        open_solution(app, app.session, exercise, FIRST_ATTEMPT)
        await settled(pilot)
        save(app, "solution")
        await pilot.press("escape")
        await judged(app, pilot, "backward-twice", "twice", BEFORE_IT_RUNS, "prediction")
        await judged(app, pilot, "torch-loop", "train", NEVER_RESET, "experiment")
        await pilot.press("escape", "escape", "escape", "escape")
        await settled(pilot)
        app.offer_tour()
        await settled(pilot)
        save(app, "welcome")
        await pilot.press("escape", "f1")
        await settled(pilot)
        save(app, "help")
        progress.journal.add_all(list(weeks(course)))
        await pilot.press("escape", "s")
        await settled(pilot)
        save(app, "statistics")
    grader.close()
    progress.close()


def weeks(course: Course) -> Iterator[Entry]:
    """Five weeks of somebody who does an exercise or two on most days."""
    chance, moment = random.Random(1), datetime.now(UTC) - timedelta(days=36)
    for exercise in course.exercises[:40]:
        moment += timedelta(days=chance.choice((0, 1, 1)), minutes=chance.randint(20, 90))
        tries = chance.choice((1, 1, 2, 3))
        for part in exercise.parts:
            for attempt in range(tries):
                moment += timedelta(minutes=chance.randint(1, 9))
                status: Status = "passed" if attempt == tries - 1 else "failed"
                event = Attempt(exercise=exercise.id, part=part.id, status=status, score=0, max=part.points, seed=1)
                yield Entry(id=str(uuid.uuid4()), at=moment.isoformat(), event=event)


async def judged(app: TutorApp, pilot: Pilot[None], id: str, part: str, answer: str, name: str) -> None:
    """An exercise with an answer, after F5: its verdict, or the page that comes before it."""
    exercise = app.session.course.exercise(id)
    assert exercise is not None
    path = workspace.start(exercise)
    assert path is not None
    workspace.save(path, answer)
    app.open_exercise(exercise)
    await settled(pilot)
    await pilot.press("f5")
    while not isinstance(app.screen, PredictionScreen) and not app.session.progress.part(id, part).attempts:
        await pilot.pause(0.1)
    await settled(pilot)
    for verdict in app.screen.query(VerdictView):
        verdict.scroll_end(animate=False)
    await settled(pilot)
    save(app, name)
    if isinstance(app.screen, PredictionScreen):
        await pilot.press("escape")


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
