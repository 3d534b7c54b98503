"""The colours of Python in the editor. Textual (8.2) has one set for all themes, too pale for a light ground."""

from __future__ import annotations

from rich.style import Style
from textual.theme import Theme
from textual.widgets.text_area import TextAreaTheme

DARK = "css"
"""Textual's own, whose ground is the style sheet's."""
KEYWORD, CALL, TYPE, TEXT, VALUE, ASIDE = "#7a1f8a", "#0a3d91", "#00555a", "#0b5a1e", "#7a3a00", "#4a4a4a"
"""On a light ground: of each at least 4.5 to 1, which WCAG 2.2 asks for at level AA."""

LIGHT = TextAreaTheme(
    name="light",
    syntax_styles={
        name: Style(color=colour, italic=colour == ASIDE or None)
        for colour, names in {
            KEYWORD: "keyword keyword.function keyword.return keyword.operator conditional repeat exception include",
            CALL: "function function.call method method.call constructor",
            TYPE: "class type type.class type.builtin variable.builtin",
            TEXT: "string string.documentation",
            VALUE: "number float boolean constant constant.builtin",
            ASIDE: "comment",
        }.items()
        for name in names.split()
    },
)
"""What is not named here has the colour of the text."""


def code_theme(theme: Theme) -> str:
    """Which of the two goes with a theme of the app."""
    return DARK if theme.dark else LIGHT.name
