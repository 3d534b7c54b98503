"""The glossary over a text: the terms that it uses, or all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from grader.report.counted import counted
from lessons.schema import Term
from tutor.screens.drawn_once import DrawnOnce
from tutor.text.glossary import terms_in
from tutor.widgets.key_bar import KeyBar
from tutor.widgets.lesson_markdown import LessonMarkdown


class GlossaryScreen(DrawnOnce, ModalScreen[None]):
    """A list of terms, and under it the definition of the one that the cursor is on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "see", "See also", priority=True),
        Binding("a", "all", "All terms"),
        Binding("escape,q,g", "dismiss", "Close", key_display="esc"),
        Binding("j", "move(1)", "Down", show=False),
        Binding("k", "move(-1)", "Up", show=False),
    ]

    def __init__(self, glossary: Mapping[str, Term], terms: Sequence[str], chosen: str | None = None) -> None:
        """terms: the ids that are listed at first; all of the glossary can be listed. chosen: where the cursor is."""
        super().__init__()
        self.glossary = glossary
        self.terms = list(terms)
        self.chosen = chosen or self.terms[0]

    def compose(self) -> ComposeResult:
        with Vertical(id="glossary"):
            yield Static(classes="part")
            yield OptionList()
            with VerticalScroll(can_focus=False):
                yield LessonMarkdown(id="definition")
        yield KeyBar()

    def on_mount(self) -> None:
        self._list(self.terms, self.chosen)

    @property
    def whole(self) -> bool:
        return len(self.terms) == len(self.glossary)

    def _list(self, terms: Sequence[str], chosen: str) -> None:
        """Lists terms, with the cursor on one of them."""
        self.terms = list(terms)
        where = "Glossary" if self.whole else "Used here"
        self.query_one(".part", Static).update(Content(f"{where}: {counted(len(self.terms), 'term')}"))
        view = self.query_one(OptionList)
        view.clear_options()
        view.add_options([Option(Content(self.glossary[id].term), id=id) for id in self.terms])
        view.highlighted = self.terms.index(chosen)
        self.set_focus(view)
        self.refresh_bindings()

    def _chosen(self) -> str | None:
        option = self.query_one(OptionList).highlighted_option
        return option.id if option else None

    def _see(self) -> list[str]:
        chosen = self._chosen()
        return [id for id in self.glossary[chosen].see if id in self.glossary] if chosen else []

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        entry = self.glossary[event.option_id or self.terms[0]]
        also = f"Also: {', '.join(entry.also)}.\n\n" if entry.also else ""
        see = ", ".join(self.glossary[id].term for id in entry.see if id in self.glossary)
        after = f"\n\nSee also: {see}" if see else ""
        self.query_one(LessonMarkdown).update(f"**{entry.term}**\n\n{also}{entry.definition}{after}")
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only keys that do something stand in the footer."""
        match action:
            case "see":
                return bool(self._see()) if self.is_mounted else False
            case "all":
                return not self.whole
        return True

    def action_move(self, step: int) -> None:
        view = self.query_one(OptionList)
        view.action_cursor_down() if step > 0 else view.action_cursor_up()

    def action_all(self) -> None:
        """Lists every term of the course."""
        self._list(list(self.glossary), self._chosen() or self.terms[0])

    def action_see(self) -> None:
        """Goes to the first entry that is named under the definition."""
        for id in self._see()[:1]:
            self._list(self.terms if id in self.terms else list(self.glossary), id)


def open_glossary(app: App[Any], glossary: Mapping[str, Term], text: str = "") -> None:
    """Explains the terms that a text uses; where it uses none, all of the glossary is listed."""
    if terms := terms_in(glossary, text) or list(glossary):
        app.push_screen(GlossaryScreen(glossary, terms))
