"""Contrast on every page, in every state: in the themes the course stands for, text has 4.5:1 (WCAG 2.2, level AA)."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from textual.color import Color
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import ModalScreen

from grader.records.inspection import Inspection
from lessons.schema import Prediction
from tests.tutor.screen import LARGE, RIGHT, app, practise, settle, shows
from tests.tutor.text.test_kernel_steps import launch
from tutor.learner.events import Attempt
from tutor.screens.consent import ConsentScreen
from tutor.screens.inspection import show_inspection
from tutor.screens.lesson_end import LessonEndScreen
from tutor.screens.practice import PracticeScreen
from tutor.screens.prediction import PredictionScreen
from tutor.screens.two_versions import TwoVersionsScreen
from tutor.themes import AA, HIGH_CONTRAST, contrast

QUICK = ("textual-dark", "textual-light")
OTHERS = [one.name for one in HIGH_CONTRAST]


def faint(pilot: Pilot[None]) -> Iterator[tuple[str, str, str]]:
    """What stands on the page in less than 4.5:1: the text, its colour and that of the ground. What lies below a page
    that is over the screen is dimmed, and not to be read."""
    screen = pilot.app.screen
    page = screen.children[0].region if isinstance(screen, ModalScreen) else screen.region
    for y, strip in enumerate(screen._compositor.render_strips()):
        x = 0
        for said, style, _ in strip:
            place, x = x, x + len(said)
            if style is None or style.color is None or style.bgcolor is None or not any(map(str.isalnum, said)):
                continue
            if not page.overlaps(Region(place, y, len(said), 1)):
                continue
            above, below = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
            if contrast(above, below) < AA:
                yield said.strip(), above.hex, below.hex


async def pages(pilot: Pilot[None]) -> AsyncIterator[str]:
    """Opens one page after the other."""
    one = pilot.app
    session = one.session  # type: ignore[attr-defined]
    lesson = session.course.lessons[0]
    await settle(pilot, shows(pilot, "Twice as much"))
    for key, words in (("s", "Nothing yet"), ("r", "Nothing is due"), ("f1", "Everywhere"), ("ctrl+p", "Command:")):
        await pilot.press(key)
        await settle(pilot, shows(pilot, words))
        yield words
        await pilot.press("escape")
        await settle(pilot, lambda: len(one.screen_stack) == 2)
    await pilot.press("slash", *"slope")
    await settle(pilot, shows(pilot, "Found:"))
    yield "search"
    await pilot.press("escape")
    for part in lesson.exercises[0].parts:
        session.progress.record(
            Attempt(exercise="double", part=part.id, status="passed", score=part.points, max=part.points, seed=1)
        )
    over = (
        LessonEndScreen(session, lesson, session.course.lessons[1]),
        ConsentScreen("Level 1 only."),
        TwoVersionsScreen("a.py", "backups/a.py", theirs="x = 1\n", mine="x = 2\n"),
        PredictionScreen(Prediction(after="code", ask="How many, and *why* $x_1$?")),
    )
    for screen in over:
        one.push_screen(screen)
        await settle(pilot, lambda shown=screen: one.screen is shown and shown.is_mounted)  # type: ignore[misc]
        yield type(screen).__name__
        one.pop_screen()
    show_inspection(one.screen, Inspection((launch(),)))
    await settle(pilot, shows(pilot, "One launch"))
    yield "inspection"
    await pilot.press("escape", "s")
    await settle(pilot, shows(pilot, "1 concept learned"))
    yield "statistics"
    await pilot.press("escape")
    await practise(pilot)
    practice = one.screen
    assert isinstance(practice, PracticeScreen)
    await pilot.press("f5")
    await settle(pilot, shows(pilot, "NotImplementedError"))
    yield "an error"
    assert practice.bench.code is not None
    practice.bench.code.text = RIGHT
    await pilot.press("f5", "f3")
    await settle(pilot, shows(pilot, "Passed: 2 of 2 points", "Hint 1"))
    yield "passed, with a hint"
    for part, words in (("slope", "What is the slope"), ("table", "each of them"), ("several", "Which are even")):
        found = practice.exercise.part(part)
        assert found is not None
        practice._choose(found)
        practice.panes.focus_pane("work")
        await settle(pilot, shows(pilot, words))
        yield part
    await pilot.press("space", "f5")
    await settle(pilot, shows(pilot, "Several: not yet"))
    yield "a wrong answer"


@pytest.mark.parametrize(
    "themes", [QUICK, pytest.param(OTHERS, marks=pytest.mark.slow)], ids=["plain", "high contrast"]
)
async def test_text_can_be_read_on_every_page(themes: list[str]) -> None:
    found: dict[str, list[tuple[str, str, str]]] = {}
    async with app().run_test(size=LARGE) as pilot:
        async for page in pages(pilot):
            for theme in themes:
                pilot.app.theme = theme
                await settle(pilot)
                found |= {f"{page} in {theme}": faints} if (faints := list(faint(pilot))) else {}
    assert found == {}
