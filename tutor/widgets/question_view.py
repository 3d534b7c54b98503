"""A question that is answered in place: options, a number, a table, or a choice with an essay."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from grader.questions.answers import Asked, rows_of
from lessons.formulas.prose import prose
from lessons.schema import Part
from tutor.widgets.keys_in_order import TextInput
from tutor.widgets.lesson_markdown import LessonMarkdown
from tutor.widgets.option_chooser import OptionChooser
from tutor.widgets.text_editor import TextEditor

NAME = 24
"""Columns for the name of a row, at the most; longer ones go over several lines."""
ONE = "↑ ↓ and Enter choose, F5 judges."
MANY = "↑ ↓ and Enter choose, Enter again takes back, F5 judges."


class QuestionView(VerticalScroll):
    """One part's question. `value` is the answer in the form that is stored, None while there is none."""

    class Changed(Message):
        """The learner changed the answer."""

        def __init__(self, view: QuestionView) -> None:
            super().__init__()
            self.view = view

    class Submitted(Message):
        """The learner wants it judged."""

    def __init__(self, part: Part, asked: Asked, value: Any) -> None:
        super().__init__(id=f"question-{part.id}", classes="question")
        self.part = part
        self.asked = asked
        self.given = value
        self.can_focus = False

    def compose(self) -> ComposeResult:
        yield LessonMarkdown(self.asked.text)
        if self.part.kind in ("numeric", "formula"):
            yield from self._fields()
            return
        if self.asked.options:
            many = self.part.kind == "multi"
            yield OptionChooser([(one.id, _plain(one.text)) for one in self.asked.options], self._chosen(), many=many)
            yield Static(Content(MANY if many else ONE), classes="keys")
        if self.part.kind == "explain":
            yield from self._essay()

    def _chosen(self) -> list[str]:
        if isinstance(self.given, list):
            return [str(one) for one in self.given]
        return [str(self.given.get("choice") if isinstance(self.given, dict) else self.given)]

    def _fields(self) -> ComposeResult:
        table = self.given if isinstance(self.given, dict) else rows_of(str(self.given or ""))
        if not self.asked.rows:
            wanted = f"a formula in {', '.join(self.part.letters)}" if self.part.letters else "your answer"
            yield TextInput(str(self.given or ""), placeholder=f"{wanted}, then Enter", compact=True)
        width = min(max((Content(row).cell_length for row in self.asked.rows), default=0), NAME) + 2
        for row in self.asked.rows:
            with Horizontal(classes="row"):
                name = Static(Content(row), classes="name")
                name.styles.width = width
                yield name
                yield TextInput(str(table.get(row, "")), name=row, placeholder="your answer", compact=True)

    def _essay(self) -> ComposeResult:
        essay = self.given.get("essay", "") if isinstance(self.given, dict) else ""
        yield Static(
            Content("In your own words. It is kept, not judged; compare it with these points:"), classes="says"
        )
        for point in self.part.rubric:
            yield Static(Content(f"- {_plain(point)}"), classes="rubric")
        yield TextEditor(str(essay), soft_wrap=True, classes="essay", tab_behavior="focus")

    @property
    def value(self) -> Any:
        """The answer, or None."""
        match self.part.kind:
            case "numeric" if self.asked.rows:
                table = {str(one.name): one.value.strip() for one in self.query(Input) if one.value.strip()}
                return table or None
            case "numeric" | "formula":
                return self.query_one(Input).value.strip() or None
        chosen = self.query_one(OptionChooser).chosen if self.asked.options else set()
        if self.part.kind == "multi":
            return [one.id for one in self.part.options if one.id in chosen] or None
        choice = next(iter(chosen), None)
        if self.part.kind == "explain":
            essay = self.query_one(TextArea).text.strip()
            return {"choice": choice or "", "essay": essay} if choice or essay else None
        return choice

    def focus_first(self) -> None:
        """The first place to answer gets the focus."""
        for widget in self.query("OptionChooser, Input, TextArea"):
            self.screen.set_focus(widget)
            return

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """In a table Enter goes to the next row that is empty; where none is left it judges."""
        fields = list(self.query(Input))
        place = fields.index(event.input) + 1
        empty = (one for one in fields[place:] + fields[: place - 1] if not one.value.strip())
        if event.value.strip() and (following := next(empty, None)) is not None:
            self.screen.set_focus(following)
        else:
            self.post_message(self.Submitted())

    def _report(self) -> None:
        self.post_message(self.Changed(self))

    on_option_chooser_changed = on_input_changed = on_text_area_changed = _report


def _plain(text: str) -> str:
    return " ".join(prose(text.strip()).split())
