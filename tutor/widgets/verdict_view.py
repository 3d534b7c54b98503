"""The verdict and the hints, readable at any width and without colour."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import msgspec
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from grader.records.verdict import Verdict
from grader.report.fold import Line, fold, headline
from lessons.schema import Part
from tutor.learner import attempt_curves
from tutor.practice.hints import Ladder
from tutor.practice.run_progress import state_of
from tutor.widgets.curve_plot import CurvePlot
from tutor.widgets.finding_line import FindingLine, line_of
from tutor.widgets.lesson_markdown import LessonMarkdown
from tutor.widgets.run_output import RunOutput
from tutor.widgets.scroll_pane import ScrollPane

NOTHING = "Nothing judged yet. Press F5."
SIGNS = {"passed": "✓", "skipped": "–"}


class VerdictView(ScrollPane):
    """Shows one verdict at a time, and the hints of one part."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "screen.line", "Go to the line", show=False)]

    def __init__(self, parts: Sequence[Part] = (), *, id: str) -> None:
        """parts: those of the exercise, which are called as their tabs are."""
        super().__init__(id=id)
        self.names = {part.id: part.title or part.id for part in parts}
        self.can_focus = True
        self.visited = 0
        """How many of the findings that name a line have been gone to."""
        self.silent = True
        """Whether it says that there is no verdict."""
        self.plot = CurvePlot(lines=10)
        self.output = RunOutput()

    def compose(self) -> ComposeResult:
        yield Static(Content(NOTHING), classes="judged")
        yield self.plot
        yield self.output

    def say(self, sentence: str) -> None:
        """Shows one sentence in place of a verdict."""
        self._put("judged", [Static(Content(sentence))])

    def say_nothing(self) -> None:
        """Says that there is no verdict yet, as it does from the start."""
        if not self.silent:
            self.say(NOTHING)
            self.silent = True

    def show(
        self,
        verdict: Verdict,
        notes: Sequence[str] = (),
        *,
        first: str = "",
        source: str = "",
        earlier: bool = False,
    ) -> None:
        """Shows a verdict, notes in Markdown, and below them what was printed.

        first: the part that is told first. source: what was judged; the lines that are named are shown. earlier: it was
        judged before the exercise was opened.
        """
        self.visited = 0
        logging = [part for part in verdict.parts if part.curves]
        if logging:
            most = max(logging, key=lambda part: sum(len(curve.steps) for curve in part.curves))
            mine, theirs = attempt_curves.logged(most), attempt_curves.reference(most)
            self.plot.put(mine, reference=theirs, earlier=self.plot.earlier)
        else:
            self.plot.settle()
        verdict = msgspec.structs.replace(
            verdict, parts=tuple(sorted(verdict.parts, key=lambda one: one.part != first))
        )
        before = [_line("Judged when you were here before; F5 judges again.", "foot")] if earlier else []
        head, said, printed = self._told(verdict, source.splitlines())
        below = [LessonMarkdown(note) for note in notes]
        self._put("judged", [head, *before, *said, *below, *printed, *_foot(verdict)])
        self.scroll_home(animate=False)

    def begin(self) -> None:
        """Makes room for what the next run draws; the curves of the last one stay, dimmed."""
        self.plot.begin()
        self.output.clear()

    def draw(self, event: dict[str, Any]) -> None:
        """Shows what a run logs and draws, while it goes on; it stays below the verdict."""
        if state := state_of(event, "Judging"):
            self.say(state)
        elif event["type"] == "figure":
            self.output.draw(event["figure"])
        else:
            if self.plot.starts_anew(event):
                self.plot.begin()  # the next case; what the last one logged stays, dimmed
            self.plot.add(event)

    def _told(self, verdict: Verdict, source: Sequence[str]) -> tuple[Widget, list[Widget], list[Widget]]:
        """The first line, what is said of the parts, and what was printed."""
        head = _line(headline(verdict), "total", verdict.status)
        said: list[Widget] = []
        printed: list[Widget] = []
        for line in fold(verdict):
            (printed if line.kind == "printed" else said).extend(_widgets(line, self.names, source))
        return head, said, printed

    def next_line(self) -> int | None:
        """The line that the next finding names, after the last one the first's; None where none names a line."""
        named = list(self.query(FindingLine))
        if not named:
            return None
        self.visited += 1
        return named[(self.visited - 1) % len(named)].line

    def hint(self, part: Part, ladder: Ladder, *, asked: bool = False) -> None:
        """Shows the hints of a part that have been opened, and what is left; nothing where none was asked for."""
        self._put("hints", _hints(part, ladder) if ladder.shown or asked else [])
        if asked:
            self.call_after_refresh(self.scroll_end, animate=False)

    def _put(self, kind: str, widgets: list[Widget]) -> None:
        for old in self.query(f".{kind}"):
            old.remove()
        for widget in widgets:
            widget.add_class(kind, update=False)
        if kind == "judged":
            self.silent = False
        self.mount(*widgets, before=self.plot if kind == "judged" else None)


def _foot(verdict: Verdict) -> list[Widget]:
    if level := verdict.sandbox.level:
        return [_line(f"seed {verdict.seed}, sandbox level {level}, {verdict.seconds:.2f} s", "foot")]
    return []


CLASSES = {"data": "message", "note": "message", "value": "detail", "strip": "detail", "hint": "finding"}
"""How a line of a kind looks, where that is not a look of its own."""
CODE = re.compile(r"`([^`\n]+)`")
ENDS = ("?", ".", ":")
"""What a title may end in."""
LEFT_OUT = ("curve",)
"""What is shown as a plot."""


def _widgets(line: Line, names: Mapping[str, str], source: Sequence[str]) -> list[Widget]:
    if line.kind in LEFT_OUT:
        return []
    if line.kind == "part":
        assert line.status is not None
        id, colon, said = line.text.partition(":")
        name = names.get(id, id)
        colon = "" if name.endswith(ENDS) else colon  # a question is no heading
        return [_line(f"{SIGNS.get(line.status, '✗')} {name}{colon}{said}", "part", line.status)]
    sign = "✗ " if line.kind == "check" else ""
    if (place := line_of(line)) is not None:
        way = _line(f"Ctrl+G goes to line {place}.", "detail way")
        shown = [_line(f"→ {place} │ {source[place - 1].strip()}", "detail source")] if place <= len(source) else []
        return [
            FindingLine(_with_code(sign + line.text), place, classes=CLASSES.get(line.kind, line.kind)),
            *shown,
            way,
        ]
    if line.kind == "check":
        return [_line(_with_code(sign + line.text), "check")]
    if line.kind == "printed":
        return [_line("Your code printed:", "message"), _line(line.text, "printed")]
    if line.kind in ("finding", "hint"):
        return [_line(_with_code(line.text[0].upper() + line.text[1:]), CLASSES.get(line.kind, line.kind))]
    return [_line(line.text, CLASSES.get(line.kind, line.kind))]


def _hints(part: Part, ladder: Ladder) -> list[Widget]:
    if not ladder.rungs:
        return [_line(f"No hints for this part{' yet' if part.hints else ''}.", "foot")]
    lines: list[Widget] = []
    for name, hint in ladder.told:
        lines += [_line(name, "part"), LessonMarkdown(hint.text)]
    more = ladder.next is not None
    lines.append(_line(f"{ladder.left} F3 shows the next." if more else "No more hints.", "foot"))
    return lines


def _line(text: str | Content, *classes: str) -> Static:
    return Static(text if isinstance(text, Content) else Content(text), classes=" ".join(classes))


def _with_code(text: str) -> Content:
    """The text with what stands between two backticks in bold, without them."""
    pieces = CODE.split(text)
    return Content.assemble(*((piece, "bold") if index % 2 else piece for index, piece in enumerate(pieces)))
