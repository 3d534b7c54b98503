"""What opens quickly: screens look as they would if Textual dressed them again, and leave nothing when they close."""

from __future__ import annotations

import gc
from collections import Counter
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from tests.tutor.screen import LARGE, SMALL, app, practise, settle, shows
from tutor.app import TutorApp
from tutor.screens.practice import PracticeScreen


def drawn(pilot: Pilot[Any]) -> list[list[Any]]:
    """Every cell of the screen, with its colours."""
    return [list(strip) for strip in pilot.app.screen._compositor.render_strips()]


async def looks_the_same(pilot: Pilot[Any]) -> None:
    """Holds the screen against itself, dressed, laid out and drawn once more from head to foot."""
    await settle(pilot)
    before = drawn(pilot)
    pilot.app.screen.update_node_styles(animate=False)
    for widget in pilot.app.screen.walk_children(with_self=True):
        widget.refresh(layout=True)
    await settle(pilot)
    assert drawn(pilot) == before


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=str)
@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
async def test_screens_are_dressed(size: tuple[int, int], theme: str) -> None:
    one = app()
    async with one.run_test(size=size) as pilot:
        one.theme = theme
        await settle(pilot, shows(pilot, "Twice as much"))
        await looks_the_same(pilot)
        for keys in (["f1"], ["escape", "enter"], ["n"], ["escape"]):
            await pilot.press(*keys)
            await looks_the_same(pilot)
        await practise(pilot)
        await looks_the_same(pilot)
        for key in ("f2", "f2", "f2", "f8", "f3"):
            await pilot.press(key)
            await looks_the_same(pilot)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=str)
async def test_a_screen_is_drawn_once_when_it_opens(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    updates: list[str] = []

    def display(self: TutorApp, screen: Screen[Any], renderable: object) -> None:
        if renderable is not None:
            updates.append(f"{type(screen).__name__} {type(renderable).__name__}")
        App._display(self, screen, renderable)  # type: ignore[arg-type]

    monkeypatch.setattr(TutorApp, "_display", display)
    one = app()
    async with one.run_test(size=size) as pilot:
        await settle(pilot, shows(pilot, "Twice as much"))
        updates.clear()
        one.open_exercise(one.session.course.exercises[0])
        await settle(pilot, shows(pilot, "As code"))
        assert updates == ["PracticeScreen LayoutUpdate"]
        one.pop_screen()
        await settle(pilot, shows(pilot, "Twice as much"))
        updates.clear()
        one.open_lesson(one.session.course.lessons[0])
        await settle(pilot, shows(pilot, "card 1 of 3"))
        assert updates == ["LessonScreen LayoutUpdate"]


async def test_of_a_screen_that_is_closed_nothing_stays() -> None:
    one = app()

    def left() -> Counter[str]:
        gc.collect()
        kinds = Counter(type(found).__name__ for found in gc.get_objects())
        return Counter({name: kinds[name] for name in ("PracticeScreen", "CodeEditor", "CurvePlot", "StylesCache")})

    async with one.run_test(size=LARGE) as pilot:
        await settle(pilot, shows(pilot, "Twice as much"))
        before = left()
        exercise = one.session.course.exercises[0]
        for _ in range(3):
            one.open_exercise(exercise)
            await settle(pilot, lambda: isinstance(one.screen, PracticeScreen))
            await settle(pilot, shows(pilot, "As code"))
            one.pop_screen()
            await settle(pilot)
        await settle(pilot, lambda: left() <= before)
