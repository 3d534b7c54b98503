"""Two thousand random keys and a few dozen sizes: nothing breaks, and nothing is lost."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest

from tests.tutor.screen import QuickConsole, QuickGrader, app, settle, shows
from tutor.screens.course_map import CourseMap
from tutor.widgets.code_editor import CodeEditor

KEYS = (
    *("f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "shift+f9", "f12"),
    *("ctrl+g", "ctrl+n", "ctrl+r", "ctrl+p", "ctrl+q", "ctrl+z", "ctrl+y", "ctrl+x", "ctrl+v", "ctrl+a", "ctrl+k"),
    *(
        "ctrl+l",
        "ctrl+f",
        "ctrl+underscore",
        "ctrl+home",
        "ctrl+end",
        "alt+a",
        "alt+c",
        "alt+z",
        "alt+left",
        "alt+right",
    ),
    *("alt+t", "alt+w", "alt+v"),
    *("escape", "enter", "enter", "tab", "shift+tab", "space", "backspace", "delete"),
    *("up", "down", "down", "left", "right", "home", "end", "pageup", "pagedown"),
    *"abcdefghijklmnopqrstuvwxyz0123[]()#:/?*.",
)
SIZES = ((80, 24), (120, 40), (200, 60), (40, 12), (100, 24))
PRESSED = 2000


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize("seed", [4])
async def test_random_keys_break_nothing(seed: int, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(seed)
    one = app(QuickGrader())
    monkeypatch.setattr("tutor.screens.running.Console", QuickConsole)
    monkeypatch.setattr(one, "exit", lambda *_, **__: None)  # what quits is pressed too, and the monkey goes on
    seen: set[str] = set()
    async with one.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shows(pilot, "Twice as much"))
        for number in range(PRESSED):
            key = dice.choice(KEYS)
            one.simulate_key(key)
            if number % 50 == 0:
                await pilot.resize_terminal(*dice.choice(SIZES))
            if number % 4 == 0:
                await asyncio.sleep(0.01)  # not pilot.pause: that waits until nothing is going on any more
            seen.add(type(one.screen).__name__)
        await pilot.pause()
        editors = list(one.screen.query(CodeEditor))
        assert one.store()
        for editor in editors:
            name = f"{one.screen.exercise.id}.py"  # type: ignore[attr-defined]
            assert next((home / "workspace").rglob(name)).read_text() == editor.text
        for _ in range(40):  # and there is a way home from anywhere
            if isinstance(one.screen, CourseMap):
                break
            await pilot.press("escape")
        assert isinstance(one.screen, CourseMap)
    assert "CourseMap" in seen and len(seen) >= 4, seen
