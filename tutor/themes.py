"""The themes: Textual's own and two of high contrast; which one was chosen is remembered."""

from __future__ import annotations

import json

from textual.app import App
from textual.color import Color
from textual.constants import DEFAULT_THEME
from textual.filter import DimFilter
from textual.theme import Theme

from lessons import regular_file
from tutor.learner import locations

DIMMED = DimFilter(0.75)
"""How dim text is drawn. Textual (8.2) has 0.5, which is less contrast than text needs on many themes."""
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


MUTED = "auto 70%"
"""Of black or white, what makes the text that is not read first."""
GROUNDS = ("background", "surface", "panel")
TEXT = 6.0
"""The least contrast of coloured text: some is drawn at 80 %, and WCAG 2.2 asks for 4.5 at level AA."""
AA = 4.5
"""The least contrast of text in what a theme itself has chosen."""
SHAPES = 3.0
"""The least contrast of what is no text (success criterion 1.4.11)."""
COLOURED = (
    *("text-primary", "text-secondary", "text-warning", "text-error", "text-success", "text-accent"),
    "footer-key-foreground",
)
CURSOR = ("block-cursor-background", "block-cursor-foreground")
HEADINGS = tuple(f"markdown-h{level}-color" for level in range(1, 7))


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21."""

    def luminance(colour: Color) -> float:
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(theme: Theme, variables: dict[str, str]) -> dict[str, str]:
    """The variables of a theme, with other colours where Textual's own (8.2) are hard to read or louder than the text.

    What the theme itself sets stays where it can be read. So does a theme of the terminal's colours, which nobody here
    knows. `line` is the colour of a frame, `focus` that of one which has the focus.
    """
    if theme.ansi:
        return {"line": variables["panel-lighten-2"], "focus": variables["accent"], **variables}
    background, primary, foreground = (Color.parse(variables[name]) for name in ("background", "primary", "foreground"))
    grounds = [Color.parse(variables[name]) for name in GROUNDS]

    white, black = Color(255, 255, 255), Color(0, 0, 0)
    utmost = white if theme.dark else black
    # the line of a list that the cursor is on; on a light ground it is lighter, so that what is muted in it can be read
    line = background.blend(primary, 0.3) if theme.dark else background.blend(white, 0.6).blend(primary, 0.08)

    def against(name: str, least: float) -> str:
        """The colour, with as much white or black in it as it takes on each ground."""
        mixed = (Color.parse(variables[name]).blend(utmost, share / 20) for share in range(20))
        fits = (colour for colour in mixed if min(contrast(colour, ground) for ground in grounds) >= least)
        return next(fits, utmost).hex

    ours = {
        **{name: against(name, TEXT) for name in (*COLOURED, "foreground")},
        **dict.fromkeys(HEADINGS, against("text-primary", TEXT)),
        "text-muted": MUTED,
        "text-disabled": MUTED,  # as placeholders, and as headings in lists
        "block-cursor-blurred-background": background.blend(line, 0.5).hex,
        "line": variables["panel-lighten-2" if theme.dark else "panel-darken-2"],
        "focus": against("accent", SHAPES),
        "scrollbar": variables["panel-lighten-2" if theme.dark else "panel-darken-2"],
        "scrollbar-hover": variables["panel-lighten-3" if theme.dark else "panel-darken-3"],
        "scrollbar-background": background.hex,
        "scrollbar-background-hover": background.hex,
        "scrollbar-background-active": background.hex,
    }
    of_theme = bool(theme.variables.keys() & CURSOR)
    if not of_theme or contrast(*(Color.parse(variables[name]) for name in CURSOR)) < AA:
        above = foreground if contrast(foreground, line) >= TEXT else utmost
        ours |= dict(zip(CURSOR, (line.hex, above.hex), strict=True))
    ours["footer-foreground"] = ours["foreground"]
    own = {name: value for name, value in theme.variables.items() if name not in (*COLOURED, *CURSOR)}
    return variables | ours | own


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
