"""Themes: high contrast is one, the choice is remembered, and nothing needs colour to be understood."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.color import Color

from tests.tutor.screen import SMALL, app, practise, settle, shows, text
from tutor.themes import HIGH_CONTRAST

TEXTS = ("foreground", "text-muted", "text-success", "text-error", "footer-key-foreground")


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21."""

    def luminance(colour: Color) -> float:
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


LIGHT = [pytest.param(name, marks=pytest.mark.slow) for name in ("high-contrast-light", "ansi-light")]


@pytest.mark.parametrize("theme", HIGH_CONTRAST, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", ["background", "surface", "panel"])
def test_text_of_high_contrast(theme: object, ground: str) -> None:
    """At least 7:1, which WCAG 2.2 asks for at level AAA (success criterion 1.4.6)."""
    colours = theme.to_color_system().generate()  # type: ignore[attr-defined]
    below = Color.parse(colours[ground])
    for name in TEXTS:
        assert contrast(Color.parse(colours[name]), below) >= 7, (name, colours[name], colours[ground])


async def test_the_choice_is_remembered(home: Path) -> None:
    async with app().run_test(size=SMALL) as pilot:
        pilot.app.theme = "high-contrast"
        await settle(pilot)
    assert json.loads((home / "theme.json").read_text()) == {"theme": "high-contrast"}
    async with app().run_test(size=SMALL) as pilot:
        assert pilot.app.theme == "high-contrast"


@pytest.mark.parametrize("said", ["", "[]", '{"theme": "no-such-theme"}', '{"theme": 3}'])
async def test_a_choice_that_makes_no_sense(home: Path, said: str) -> None:
    home.mkdir()
    (home / "theme.json").write_text(said)
    async with app().run_test(size=SMALL) as pilot:
        assert pilot.app.theme == "textual-dark"


@pytest.mark.usefixtures("same_questions")
@pytest.mark.parametrize("theme", ["high-contrast", pytest.param("ansi-dark", marks=pytest.mark.slow), *LIGHT])
async def test_every_theme_shows_the_same_text(theme: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    for name in ("textual-dark", theme):
        monkeypatch.setenv("DL_TUTOR_HOME", str(home / name))
        async with app().run_test(size=SMALL) as pilot:
            pilot.app.theme = name
            await practise(pilot)
            await pilot.press("f5")
            await settle(pilot, shows(pilot, "NotImplementedError"))
            seen.append(text(pilot.app.screen))
    assert seen[0] == seen[1]
