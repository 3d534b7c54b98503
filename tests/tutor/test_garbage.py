"""Garbage is collected while nobody waits for the screen, and the screen's own process alone is meddled with."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator

import pytest

from tests.tutor.screen import app
from tutor import garbage
from tutor.app import TutorApp


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How often everything was gone through."""
    times: list[int] = []
    monkeypatch.setattr(gc, "freeze", lambda: None)
    monkeypatch.setattr(gc, "collect", lambda: times.append(1))
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, 1))
    yield times


def test_it_waits_until_nobody_waits(collected: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    one = garbage.Garbage()
    one.hear()
    one.tidy()
    assert collected == []
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + garbage.RESTED + 1)
    one.tidy()
    assert collected == [1]
    one.hear()
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, garbage.MOST + 1))  # whoever types for an hour
    one.tidy()
    assert collected == [1, 1]
    monkeypatch.setattr(gc, "get_count", lambda: (9, 9, 0))  # nothing is left of what was made
    monkeypatch.setattr(time, "monotonic", lambda: now + 100)
    one.tidy()
    assert collected == [1, 1]


async def test_keys_and_clicks_are_heard(collected: list[int]) -> None:
    screen = app()
    whole = TutorApp(screen.session, tidies=True)
    async with whole.run_test() as pilot:
        assert whole.garbage is not None
        await pilot.pause()
        whole.garbage.acted = 0.0
        await pilot.press("down")
        assert whole.garbage.acted > 0
        whole.garbage.acted = 0.0
        await pilot.click()
        assert whole.garbage.acted > 0
    assert screen.garbage is None
