"""Every key, on one page."""

from __future__ import annotations

import textwrap
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tutor.screens.drawn_once import DrawnOnce
from tutor.widgets.key_bar import KeyBar

KEY, WHAT = 23, 44
"""Columns of a key, and of what it does."""

KEYS: dict[str, tuple[tuple[str, str], ...]] = {
    "Everywhere": (
        ("F1", "this page"),
        ("Esc", "stop what is running, or one step back"),
        ("Ctrl+P", "all commands by name, themes too"),
        ("Ctrl+Q", "quit; nothing is lost"),
        ("Tab, Shift+Tab", "to the next place, to the one before"),
    ),
    "Course map": (
        ("↑ ↓ or k j", "choose"),
        ("Enter", "open; a unit folds, and opens again"),
        ("← →", "fold the unit, open it; f: all of them"),
        ("c", "continue with what comes next"),
        ("/", "search titles, cards, tasks and the glossary; Esc ends that"),
        ("r", "review what is due"),
        ("s", "statistics: time, attempts, what is due"),
        ("q", "quit"),
    ),
    "Lesson": (
        ("n, → or Space", "next card; after the last, what is still open"),
        ("p or ←", "card before"),
        ("Home, End", "first card, last card"),
        ("t", "the cards of the lesson; Enter goes there"),
        ("/", "search the course"),
        ("↑ ↓ PgUp PgDn", "scroll"),
        ("r", "run the demo; F5 while you change it"),
        ("f", "show the demo's code, fold it away"),
        ("c", "change the demo: a copy of your own"),
        ("o", "the demo's original again"),
        ("g", "the terms of the card; a lists them all"),
        ("s", "the formulas of the card in words"),
        ("e", "open the exercise"),
    ),
    "Exercise": (
        ("F5", "judge; your text is saved first"),
        ("F6", "run your file; a line below it runs in its names"),
        ("F2", "next pane: task, your work, verdict, run"),
        ("Ctrl+L or F12", "all the room for the current pane, and back"),
        ("Alt+← →", "less or more room for the current pane"),
        ("Alt+T, W, V", "hide task, work or verdict, and show it again"),
        ("F3", "next hint"),
        ("F4", "open the file in $EDITOR"),
        ("F8", "next part of the exercise"),
        ("F9, Shift+F9", "next exercise, exercise before"),
        ("Alt+N", "the next exercise that is not passed"),
        ("Ctrl+R", "after passing: the course's solution beside yours"),
        ("Ctrl+N", "your note on the exercise, shown here again later"),
        ("Ctrl+G", "to the line that a finding names"),
        ("g, s", "in the task: its terms; its formulas in words"),
        ("Space, Enter", "choose an option; in the last field judge"),
    ),
    "Editor": (
        ("Ctrl+Z, Ctrl+Y", "undo, redo"),
        ("Ctrl+X, Ctrl+C, Ctrl+V", "cut, copy, paste"),
        ("Tab, Shift+Tab", "indent, dedent; all lines that are selected"),
        ("Ctrl+/ or Alt+C", "make the lines a comment, and back"),
        ("Ctrl+F or F7", "find; Enter goes on, ↑ back"),
        ("Ctrl+Home, Ctrl+End", "start of the file, end of the file"),
        ("Ctrl+A, Ctrl+E", "start of the line, end of the line"),
        ("Ctrl+K, Ctrl+U", "delete to the end, to the start of the line"),
        ("Alt+A", "select everything"),
        ("Alt+Z", "wrap long lines, and back"),
        ("Esc", "leave the editor"),
    ),
    "Curves, where they have the focus": (
        ("+ -", "look closer, look wider"),
        ("← →", "earlier steps, later steps"),
        ("l", "a logarithmic scale, and back"),
        ("0", "all steps"),
    ),
}

SAVING = (
    "What you write is saved to your own file half a second after you stop typing. Edit that file in any editor: "
    "each save is noticed and judged. Starting over and the solution are commands: press Ctrl+P and type their name."
)


SECOND = (
    "Where a terminal keeps a key for itself, another does the same: Alt+J for F5, Alt+R for F6, Alt+K for F1, Alt+P "
    "for Ctrl+P, Alt+Q for Ctrl+Q, Alt+M for Ctrl+N, Alt+S for Ctrl+R."
)


class HelpScreen(DrawnOnce, ModalScreen[None]):
    """Any of Esc, q and F1 closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,f1", "dismiss", "Close", key_display="esc")]

    def __init__(self, first: str = "") -> None:
        """first: the heading of the keys that are wanted first, those of the screen below."""
        super().__init__()
        self.first = first

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help"):
            for place, keys in sorted(KEYS.items(), key=lambda one: one[0] != self.first):
                yield Static(Content(place), classes="part")
                yield Static(Content("\n".join(_line(key, what) for key, what in keys)))
            yield Static(Content(SECOND), classes="foot")
            yield Static(Content(SAVING), classes="foot")
        yield KeyBar()


def _line(key: str, what: str) -> str:
    """What a key does beside the key, also where that takes more than a line."""
    return f"  {key:<{KEY}} " + textwrap.fill(what, WHAT).replace("\n", f"\n{'':{KEY + 3}}")
