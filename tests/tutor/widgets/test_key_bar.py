"""The line of keys: the right ones at any time, drawn anew only when they change, and each can be clicked."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tutor.screen import LARGE, SMALL, app, practise, settle, shows, text
from tutor.screens.help import HelpScreen
from tutor.widgets.key_bar import MORE, KeyBar


def bar(pilot: Pilot[Any]) -> KeyBar:
    return pilot.app.screen.query_one(KeyBar)


def last_line(pilot: Pilot[Any]) -> str:
    return text(pilot.app.screen).splitlines()[-1]


async def test_it_is_drawn_anew_only_for_other_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def refresh(bar: KeyBar, *regions: Any, **how: Any) -> KeyBar:
        drawn.append(type(bar.screen).__name__)
        return super(KeyBar, bar).refresh(*regions, **how)

    async with app().run_test(size=SMALL) as pilot:
        await practise(pilot)
        await settle(pilot)
        monkeypatch.setattr(KeyBar, "refresh", refresh, raising=False)
        await pilot.press("f2", "x", "y", "f2", "f2", "f2")
        await settle(pilot)
        assert drawn == []
        await pilot.press("escape", "escape", "escape")
        await settle(pilot, shows(pilot, "Continue", "Search"))
        await pilot.press("slash")
        await settle(pilot, shows(pilot, "Whole map"))
        assert "Continue" not in last_line(pilot)


async def test_a_key_is_clicked() -> None:
    async with app().run_test(size=LARGE) as pilot:
        await practise(pilot)
        await settle(pilot)
        before = pilot.app.screen.panes.current  # type: ignore[attr-defined]
        cells = next(cells for cells, key in bar(pilot).places if key.shown == "f2")
        await pilot.click(KeyBar, offset=(cells.start, 0))
        await settle(pilot, lambda: pilot.app.screen.panes.current != before)  # type: ignore[attr-defined]
        cells = next(cells for cells, key in bar(pilot).places if key.shown == "f1")
        await pilot.hover(KeyBar, offset=(cells.start + 1, 0))
        assert bar(pilot).hovered is not None and bar(pilot).hovered.shown == "f1"  # type: ignore[union-attr]
        await pilot.click(KeyBar, offset=(cells.start + 1, 0))
        await settle(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))


async def test_keys_that_do_not_fit_are_said_to_be_there() -> None:
    async with app().run_test(size=LARGE) as pilot:
        await practise(pilot)
        await settle(pilot)
        assert MORE not in last_line(pilot) and "palette" in last_line(pilot)
        await pilot.resize_terminal(50, 24)
        await settle(pilot, lambda: len(last_line(pilot)) <= 50)
        assert last_line(pilot).endswith(MORE)
        assert last_line(pilot).startswith("f5 Judge f2 Pane")
