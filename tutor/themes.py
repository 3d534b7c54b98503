"""The themes: Textual's own and two of high contrast; which one was chosen is remembered."""

from __future__ import annotations

import json

from textual.app import App
from textual.constants import DEFAULT_THEME
from textual.theme import Theme

from lessons import regular_file
from tutor.learner import locations

HIGH_CONTRAST = (
    Theme(
        name="high-contrast",
        primary="#ffff00",
        secondary="#00ffff",
        accent="#ffff00",
        warning="#ffd700",
        error="#ff9a8a",
        success="#7dff7d",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#1a1a1a",
        luminosity_spread=0.25,
        text_alpha=1.0,
        variables={
            "text-muted": "#ffffff",
            "text-disabled": "#d0d0d0",
            "text-success": "#7dff7d",
            "text-error": "#ff9a8a",
            "footer-key-foreground": "#ffff00",
            "block-cursor-background": "#ffff00",
            "block-cursor-foreground": "#000000",
            "block-cursor-text-style": "bold",
        },
    ),
    Theme(
        name="high-contrast-light",
        primary="#0000c0",
        secondary="#004060",
        accent="#0000c0",
        warning="#6a4a00",
        error="#9a0000",
        success="#005000",
        foreground="#000000",
        background="#ffffff",
        surface="#ffffff",
        panel="#ececec",
        dark=False,
        luminosity_spread=0.25,
        text_alpha=1.0,
        variables={
            "text-muted": "#000000",
            "text-disabled": "#303030",
            "text-success": "#005000",
            "text-error": "#9a0000",
            "footer-key-foreground": "#0000c0",
            "block-cursor-background": "#0000c0",
            "block-cursor-foreground": "#ffffff",
            "block-cursor-text-style": "bold",
        },
    ),
)


def dress(app: App[None]) -> None:
    """Gives the app its themes, and puts on the one that was chosen last.

    TEXTUAL_THEME, where it is set, names the theme for this time.
    """
    for theme in HIGH_CONTRAST:
        app.register_theme(theme)
    chosen = DEFAULT_THEME if DEFAULT_THEME != "textual-dark" else _chosen()
    if chosen in app.available_themes:
        app.theme = chosen


def choose(name: str) -> None:
    """Remembers a theme. Raises OSError."""
    path = locations.theme_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"theme": name}) + "\n", encoding="utf-8")


def _chosen() -> str:
    """The theme that was chosen last; "" where none was, or where its file cannot be read."""
    try:
        said = json.loads(regular_file.read(locations.theme_file()))
    except (OSError, ValueError):
        return ""
    return str(said.get("theme", "")) if isinstance(said, dict) else ""
