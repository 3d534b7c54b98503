"""F6 on the screen: what the file prints and draws, lines in its names, and room for it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.pilot import Pilot

from grader.console import Console
from grader.grading import Grader
from tests.tutor.screen import LARGE, SMALL, QuickConsole, app, choose, practise, settle, shows
from tutor.screens.practice import PracticeScreen
from tutor.widgets.workbench import Workbench


async def write(pilot: Pilot[None], text: str) -> PracticeScreen:
    screen = pilot.app.screen
    assert isinstance(screen, PracticeScreen) and screen.bench.code is not None
    screen.bench.code.text = text
    return screen


async def test_a_run_and_lines_in_its_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tutor.screens.running.Console", QuickConsole)
    async with app().run_test(size=SMALL) as pilot:
        await practise(pilot)
        screen = await write(pilot, "x = 1\n")
        await pilot.press("f6")
        await settle(pilot, shows(pilot, "▸Run◂", "printed", "loss", "try a line"))
        await settle(pilot, lambda: screen.running is None)
        await pilot.press(*"f(2)", "enter")
        await settle(pilot, shows(pilot, ">>> f(2)", "<f(2)>"))
        await pilot.press(*"bad", "enter")
        await settle(pilot, shows(pilot, "NameError: name 'bad' is not defined"))
        await pilot.press("up", "up", "enter")  # f(2) again
        await settle(pilot, lambda: screen.ran.lines == ["f(2)", "bad", "f(2)"])
        await write(pilot, "x = 1\n1/0\n")
        await pilot.press("f6")
        code = screen.bench.code
        await settle(pilot, lambda: screen.running is None and code is not None and code.marks == {1})
        await write(pilot, "hold\n")
        await pilot.press("f6")
        await settle(pilot, shows(pilot, "2 of 3, about 1 s left   Esc stops it", "esc Stop"))
        await pilot.press("escape")
        await settle(pilot, lambda: screen.running is None and screen is pilot.app.screen)
        await settle(pilot, lambda: not shows(pilot, "Esc stops it")() and shows(pilot, "esc Back")())
        assert screen.session.progress.part("double", "code").attempts == 0  # a run is no attempt


async def test_a_run_does_not_wait_until_all_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """What shows a run is put in last, after questions whose numbers take time to draw; F6 and F2 put it in at once."""

    async def never(bench: Workbench) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr("tutor.screens.running.Console", QuickConsole)
    monkeypatch.setattr(Workbench, "open", never)
    for keys in (["f6"], ["f2", "f2", "f2", *"f(2)", "enter"]):
        async with app().run_test(size=SMALL) as pilot:
            await choose(pilot)
            screen = pilot.app.screen
            assert isinstance(screen, PracticeScreen) and not screen.ran.children
            await pilot.press(*keys)
            await settle(pilot, shows(pilot, "▸Run◂", "printed" if keys == ["f6"] else ">>> f(2)", "try a line"))


@pytest.mark.slow
async def test_panes_are_zoomed_hidden_and_widened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tutor.screens.running.Console", QuickConsole)
    async with app().run_test(size=LARGE) as pilot:
        await practise(pilot)
        screen = await write(pilot, "x = 1\n")
        panes = screen.panes

        def shown() -> list[str]:
            return [pane.id or "" for pane in panes.panes.values() if pane.display]

        assert shown() == ["task", "work", "verdict"]
        await pilot.press("f6")
        await settle(pilot, lambda: shown() == ["task", "work", "run"])
        await pilot.press("ctrl+l")
        await settle(pilot, lambda: shown() == ["run"])
        await pilot.press("f2")
        await settle(pilot, lambda: shown() == ["task"])
        await pilot.press("f12", "alt+t")
        await settle(pilot, lambda: shown() == ["work", "run"] and panes.current == "work")
        before = panes.query_one("#work").size.width
        await pilot.press("alt+right", "alt+right")
        await settle(pilot, lambda: panes.query_one("#work").size.width > before)
        await pilot.press("alt+v", "f5")  # a verdict comes to light
        await settle(pilot, lambda: shown() == ["work", "verdict"])
    async with app().run_test(size=LARGE) as pilot:
        await practise(pilot)
        again = pilot.app.screen
        assert isinstance(again, PracticeScreen)
        assert not again.panes.query_one("#task").display and again.panes.layout_kept.shares == (3, 6, 3)


@pytest.mark.slow
async def test_the_real_thing(grader: Grader, tmp_path: Path) -> None:
    one = app()
    object.__setattr__(one.session, "make_grader", lambda: grader)
    async with one.run_test(size=LARGE) as pilot:
        await practise(pilot)
        screen = await write(
            pilot, "def double(x):\n    return 3 * x\nif __name__ == '__main__':\n    print('as main')\n"
        )
        await pilot.press("f6")
        await settle(pilot, shows(pilot, "main", "Done in"), 60)
        await pilot.press(*"double(14)", "enter")
        await settle(pilot, shows(pilot, "42"))
        await pilot.press("f5")
        await settle(pilot, shows(pilot, "Not yet: 0 of 2"), 60)  # judged beside it
        await pilot.press("f2", *"double(5)", "enter")
        await settle(pilot, shows(pilot, "15"))
        console = screen.console
        assert isinstance(console, Console) and console.alive
        await pilot.press("escape", "escape", "escape")
        await settle(pilot, lambda: not console.alive)
