"""Two versions of the learner's file: what another program saved, and what was typed here meanwhile."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar, Literal

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from grader.report.counted import counted
from tutor.learner import workspace
from tutor.learner.workspace import WorkspaceError
from tutor.screens.drawn_once import DrawnOnce
from tutor.widgets.key_bar import KeyBar
from tutor.widgets.workbench import Workbench

Version = Literal["theirs", "mine"]
SHOWN = 400
"""Lines of the difference that are shown; the whole is in the two files."""


class TwoVersionsScreen(DrawnOnce, ModalScreen[Version]):
    """Asks which one goes on. Both are on disk already, so every way out of here loses nothing.

    No option is under the cursor at first: who is typing when this opens chooses nothing by accident.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss('theirs')", "Decide later", key_display="esc"),
    ]

    def __init__(self, name: str, backup: str, *, theirs: str, mine: str) -> None:
        """name: the file's; backup: where what was typed here has been kept."""
        super().__init__()
        self.file_name, self.backup = name, backup
        self.theirs, self.mine = theirs, mine

    def compose(self) -> ComposeResult:
        with Vertical(id="versions"):
            yield Static(Content(f"Another program saved {self.file_name} while you typed here."), classes="part")
            yield Static(
                Content(
                    f"Nothing is lost: the other program's version is the file, yours is kept as {self.backup}. "
                    "Which one do you want to go on with? ↓ and Enter choose; what you do not choose stays in backups/."
                )
            )
            yield OptionList(
                Option("What the other program saved", id="theirs"),
                Option("What I typed here", id="mine"),
                compact=True,
            )
            yield Static(Content("The difference:  - only the other program's   + only yours"), classes="part")
            with VerticalScroll(id="difference"):
                lines = Content("\n".join(difference(self.theirs, self.mine)))
                yield Static(
                    lines.highlight_regex(r"(?m)^-.*", style="$text-error").highlight_regex(
                        r"(?m)^\+.*", style="$text-success"
                    )
                )
        yield KeyBar()

    def on_mount(self) -> None:
        options = self.query_one(OptionList)
        options.highlighted = None
        self.set_focus(options)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss("mine" if event.option_id == "mine" else "theirs")


def choose_version(app: App[Any], bench: Workbench, kept: Path, *, then: Callable[[], None]) -> None:
    """Lets the learner choose; `kept` is the backup of what was typed here. Where it is that, `then` follows."""
    name = f"{kept.parent.name}/{kept.name}"
    bench.border_subtitle = f"your other version: {name}"
    try:
        mine = workspace.read(kept)
    except (WorkspaceError, FileNotFoundError):
        return

    def chosen(version: Version | None) -> None:
        if version != "mine":
            return
        try:
            other = bench.insist(mine)
        except WorkspaceError as error:
            bench.post_message(bench.Trouble(f"Not saved: {error}"))
            return
        if other is not None:
            bench.border_subtitle = f"the other version: {other.parent.name}/{other.name}"
        then()

    theirs = bench.code.text if bench.code else ""
    app.push_screen(TwoVersionsScreen(bench.draft.path.name, name, theirs=theirs, mine=mine), chosen)


def difference(theirs: str, mine: str) -> list[str]:
    """The lines that differ, with two around them: `- ` theirs only, `+ ` mine only, `...` where lines are left out."""
    lines: list[str] = []
    for line in list(difflib.unified_diff(theirs.splitlines(), mine.splitlines(), lineterm="", n=2))[2:]:
        if line.startswith("@@"):
            lines += ["..."] if lines else []
        else:
            lines.append(f"{line[0]} {line[1:]}")
    return [*lines[:SHOWN], f"... {counted(len(lines) - SHOWN, 'more line')}"] if len(lines) > SHOWN else lines
