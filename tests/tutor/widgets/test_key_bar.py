"""The line of keys: the right ones at any time, and built anew only when they change."""

from __future__ import annotations

import pytest
from textual.app import ComposeResult

from tests.tutor.screen import SMALL, app, practise, settle, shows
from tutor.widgets.key_bar import KeyBar


async def test_it_is_built_anew_only_for_other_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[str] = []

    def compose(bar: KeyBar) -> ComposeResult:
        built.append(type(bar.screen).__name__)
        yield from super(KeyBar, bar).compose()

    monkeypatch.setattr(KeyBar, "compose", compose, raising=False)
    async with app().run_test(size=SMALL) as pilot:
        await practise(pilot)
        await settle(pilot)
        before = len(built)
        await pilot.press("f2", "x", "y", "f2", "f2", "f2")
        await settle(pilot)
        assert built[before:] == []
        await pilot.press("escape", "escape", "escape")
        await settle(pilot, shows(pilot, "Continue", "Search"))
        await pilot.press("slash")
        await settle(pilot, shows(pilot, "Whole map"))
        assert "Continue" not in "\n".join(str(key.render()) for key in pilot.app.screen.query("FooterKey"))
