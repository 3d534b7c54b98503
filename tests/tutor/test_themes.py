"""Themes: high contrast is one, the choice is remembered, and nothing needs colour to be understood."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from textual.color import Color
from textual.pilot import Pilot
from textual.theme import BUILTIN_THEMES, Theme

from tests.tutor.screen import LARGE, SMALL, app, practise, settle, shows, text
from tutor.themes import COLOURED, GROUNDS, HEADINGS, HIGH_CONTRAST, SHAPES, contrast, readable

TEXTS = ("foreground", "text-muted", "text-success", "text-error", "footer-key-foreground")


LIGHT = [pytest.param(name, marks=pytest.mark.slow) for name in ("high-contrast-light", "ansi-light")]


@pytest.mark.parametrize("theme", HIGH_CONTRAST, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", ["background", "surface", "panel"])
def test_text_of_high_contrast(theme: object, ground: str) -> None:
    """At least 7:1, which WCAG 2.2 asks for at level AAA (success criterion 1.4.6)."""
    colours = theme.to_color_system().generate()  # type: ignore[attr-defined]
    below = Color.parse(colours[ground])
    for name in TEXTS:
        assert contrast(Color.parse(colours[name]), below) >= 7, (name, colours[name], colours[ground])


@pytest.mark.parametrize("theme", [one for one in BUILTIN_THEMES.values() if not one.ansi], ids=lambda one: one.name)
def test_coloured_text_of_every_theme(theme: Theme) -> None:
    """At least 4.5:1, which WCAG 2.2 asks for at level AA (1.4.3), and 3:1 for the frame with the focus (1.4.11)."""
    colours = readable(theme, theme.to_color_system().generate() | theme.variables)
    for ground in GROUNDS:
        below = Color.parse(colours[ground])
        for name in (*COLOURED, *HEADINGS):
            assert contrast(Color.parse(colours[name]), below) >= 4.5, (name, colours[name], ground)
        assert contrast(Color.parse(colours["focus"]), below) >= SHAPES
    assert (
        contrast(Color.parse(colours["block-cursor-foreground"]), Color.parse(colours["block-cursor-background"]))
        >= 4.5
    )


def faint(pilot: Pilot[None]) -> list[tuple[str, str, str]]:
    """What stands on the screen in less than 4.5:1: the text, its colour and that of the ground."""
    found = []
    for strip in pilot.app.screen._compositor.render_strips():
        for said, style, _ in strip:
            if style is None or style.color is None or style.bgcolor is None or not any(map(str.isalnum, said)):
                continue
            above, below = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
            if contrast(above, below) < 4.5:
                found.append((said.strip(), above.hex, below.hex))
    return found


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
async def test_what_is_drawn_can_be_read(theme: str) -> None:
    async with app().run_test(size=LARGE) as pilot:
        pilot.app.theme = theme
        await settle(pilot, shows(pilot, "Twice as much"))
        assert faint(pilot) == []
        await pilot.press("enter")
        await settle(pilot, shows(pilot, "card 1"))
        assert faint(pilot) == []
        await pilot.press("escape")
        await practise(pilot)
        await pilot.press("f5", "f3")
        await settle(pilot, shows(pilot, "NotImplementedError", "Hint 1"))
        assert faint(pilot) == []
        await pilot.press("f8", "f2")
        await settle(pilot, shows(pilot, "What is the slope"))
        assert faint(pilot) == []


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
