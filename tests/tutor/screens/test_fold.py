"""A demo whose code does not fit on its card: folded away behind a key, and where the fold begins."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from lessons.loading.loader import load_course
from lessons.loading.screen import LINES, code_of, fits, height
from tests.tutor.screen import COURSE, LARGE, SMALL, app, settle, shows, text
from tutor.learner.progress import Progress
from tutor.screens.lesson import LessonScreen
from tutor.text.plain import lesson_lines
from tutor.widgets.demo_view import DemoView

Matches = Callable[[str, str], None]


@pytest.fixture
def long(tmp_path: Path) -> Path:
    """The tiny course with a demo of fifty lines."""
    root = tmp_path / "long"
    shutil.copytree(COURSE, root)
    demo = next(root.rglob("count.py"))
    demo.write_text(demo.read_text() + "".join(f"print({number})\n" for number in range(46)))
    return root


async def to_demo(pilot: Pilot[None]) -> DemoView:
    await settle(pilot, shows(pilot, "Slopes"))
    await pilot.press("enter", "n")
    await settle(pilot, shows(pilot, "card 2 of 3", "Counting"))
    return pilot.app.screen.query_one(DemoView)


async def test_long_code_is_folded_behind_a_key(long: Path, matches: Matches) -> None:
    async with app(course=long).run_test(size=SMALL) as pilot:
        await to_demo(pilot)
        await settle(pilot, shows(pilot, "50 lines", "f Code"))
        matches("folded-80", text(pilot.app.screen))
        await pilot.press("f")
        await settle(pilot, shows(pilot, "Demo: Counting", "for number in range(1, 4):"))
        assert "folded away" not in text(pilot.app.screen)
        await pilot.press("f")
        await settle(pilot, shows(pilot, "50 lines"))
        assert "for number" not in text(pilot.app.screen)


async def test_folded_code_runs_and_opens_for_changes(long: Path) -> None:
    async with app(course=long).run_test(size=LARGE) as pilot:
        view = await to_demo(pilot)
        await pilot.press("r")
        await settle(pilot, shows(pilot, "Done in 0.1 s", "50 lines"))
        await pilot.press("c")
        await settle(pilot, shows(pilot, "F5 runs your copy", "for number in range"))
        await pilot.press("f", "escape")  # a letter like any other there
        await settle(pilot, lambda: not view.editing)
        assert shows(pilot, "Counting (your copy)", 'f"""Counts')() and not view.has_class("-folded")


async def test_every_key_of_a_card_fits_on_a_small_screen(long: Path) -> None:
    lesson = next(long.rglob("1-slopes/lesson.md"))
    lesson.write_text(lesson.read_text().replace("## A demo\n", "## A demo\n\nA slope of $x$.\n:::exercise double\n\n"))
    async with app(course=long).run_test(size=SMALL) as pilot:
        await to_demo(pilot)
        await pilot.press("c", "x", "escape")
        await settle(pilot, shows(pilot, "your copy"))
        assert (
            text(pilot.app.screen)
            .splitlines()[-1]
            .startswith("n Next p Prev r Run f Code c Edit o Reset e Task t Cards g Terms s Say esc Map")
        )


async def test_short_code_is_not_folded_and_has_no_key_for_it() -> None:
    async with app().run_test(size=SMALL) as pilot:
        view = await to_demo(pilot)
        await pilot.press("f")
        await settle(pilot, shows(pilot, "for number in range"))
        assert not view.foldable and "f Code" not in text(pilot.app.screen)


def test_plain_lines_hold_all_of_the_code(long: Path) -> None:
    lines = "\n".join(lesson_lines(load_course(long).lessons[0], Progress()))
    assert "    print(45)\n" in lines and "folded" not in lines


async def test_what_is_estimated_is_what_is_drawn(long: Path) -> None:
    """Of a card with paragraphs, a formula, code, a table, a demo and an exercise, to within two lines."""
    lesson = next(long.rglob("1-slopes/lesson.md"))
    prose = "A sentence that goes on for so long that its paragraph is filled anew. " * 5
    more = f"{prose}\n\n$$\\mu = \\frac{{a}}{{b}}$$\n\n- one\n- two\n\n```python\nx = 1\ny = 2\n```\n\n{prose}\n"
    lesson.write_text(lesson.read_text().replace("## A demo\n", f"## A demo\n\n{more}\n:::exercise double\n\n"))
    card = load_course(long).lessons[0].cards[1]
    code = code_of(load_course(long).lessons[0], card)
    assert height(card, code) - height(card, {}) == 52 and fits(card, {}) and not fits(card, code)
    async with app(course=long).run_test(size=LARGE) as pilot:
        await to_demo(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, LessonScreen)
        for shown in ({}, code):
            await settle(pilot)
            drawn = max(child.virtual_region.bottom for child in screen.query_one("#card").children) - 1
            assert abs(drawn - height(card, shown)) <= 2, (drawn, height(card, shown))
            await pilot.press("f")
    assert LINES == 40
