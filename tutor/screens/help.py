"""Every key, by the place where it works. The list is made from the screens' own bindings."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

EDITOR = (
    ("Ctrl+Z, Ctrl+Y", "Undo, redo"),
    ("Ctrl+X, Ctrl+C, Ctrl+V", "Cut, copy, paste"),
    ("Ctrl+A, Ctrl+E", "Begin and end of the line"),
    ("Ctrl+K, Ctrl+U", "Delete to the end, to the begin of the line"),
    ("Ctrl+W", "Delete the word before the cursor"),
    ("Shift+arrows", "Select"),
    ("Tab, Shift+Tab", "Indent; Esc leaves the editor, then Tab moves on"),
)
NAMES = {"escape": "Esc", "right": "→", "left": "←", "up": "↑", "down": "↓", "pageup": "PgUp", "pagedown": "PgDn"}


class Help(ModalScreen[None]):
    """Closed by Esc, F1 or q."""

    BINDINGS = [Binding("escape,f1,q", "dismiss", "Close")]

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help"):
            yield Static(Content("\n".join(lines())))

    def on_mount(self) -> None:
        self.query_one("#help").focus()


def lines() -> Iterable[str]:
    """The keys as lines."""
    from tutor.app import TutorApp
    from tutor.screens.course_map import CourseMap
    from tutor.screens.lesson import LessonScreen
    from tutor.screens.practice import Practice

    places = (
        ("Everywhere", TutorApp.BINDINGS),
        ("On the map", CourseMap.BINDINGS),
        ("In a lesson", LessonScreen.BINDINGS),
        ("In practice", Practice.BINDINGS),
    )
    for title, bindings in places:
        yield title
        yield from (_row(*row) for row in _keys(bindings))
        yield ""
    yield "In the editor"
    yield from (_row(*row) for row in EDITOR)
    yield ""
    yield "Esc closes this page. Your files are plain files: any editor may change them while the tutor is open."


def _keys(bindings: Iterable[BindingType]) -> Iterable[tuple[str, str]]:
    for binding in bindings:
        if isinstance(binding, Binding):
            keys = ", ".join(_name(key) for key in binding.key.split(","))
            yield keys, binding.tooltip or binding.description


def _name(key: str) -> str:
    return NAMES.get(key) or "+".join(piece.capitalize() if len(piece) > 1 else piece for piece in key.split("+"))


def _row(keys: str, what: str) -> str:
    return f"  {keys:<24}{what}"
