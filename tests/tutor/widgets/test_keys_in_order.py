"""Keys that come together act in the order in which they were pressed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from textual.app import App, ComposeResult
from textual.events import Key
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input, TextArea

from tutor.widgets.code_editor import CodeEditor
from tutor.widgets.keys_in_order import TextInput
from tutor.widgets.text_editor import TextEditor

KINDS: dict[str, Callable[[], Widget]] = {
    "code": lambda: CodeEditor(id="field", classes=""),
    "text": lambda: TextEditor("", id="field"),
    "line": lambda: TextInput("", id="field"),
}


class Typing(App[None]):
    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind

    def compose(self) -> ComposeResult:
        yield KINDS[self.kind]()

    def on_mount(self) -> None:
        self.query_one("#field").focus()


async def together(pilot: Pilot[None], *keys: str) -> str:
    """Sends keys as a terminal that delivers them in one piece, and gives the text that comes of them."""
    for key in keys:
        pilot.app.post_message(Key(key, key if len(key) == 1 else None))
    await pilot.pause()
    field = pilot.app.query_one("#field")
    assert isinstance(field, TextArea | Input)
    return field.text if isinstance(field, TextArea) else field.value


@pytest.mark.parametrize("kind", KINDS)
def test_letters_come_after_the_keys_before_them(kind: str) -> None:
    async def main() -> None:
        async with Typing(kind).run_test() as pilot:
            text = await together(
                pilot, *"abc", "backspace", "backspace", *"xy", "home", *"12", "end", *"z", "left", "q"
            )
            assert text == "12axyqz"

    asyncio.run(main())
