"""Keys that come together act in the order in which they were pressed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input, TextArea

from tutor.widgets.code_editor import CodeEditor
from tutor.widgets.keys_in_order import CommandsAfterKeys, TextInput
from tutor.widgets.option_chooser import OptionChooser
from tutor.widgets.text_editor import TextEditor

KINDS: dict[str, Callable[[], Widget]] = {
    "code": lambda: CodeEditor(id="field", classes=""),
    "text": lambda: TextEditor("", id="field"),
    "line": lambda: TextInput("", id="field"),
}


class Choosing(CommandsAfterKeys, App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f5", "judge", priority=True)]

    def __init__(self) -> None:
        super().__init__()
        self.judged: list[set[str]] = []

    def compose(self) -> ComposeResult:
        yield OptionChooser([(name, name) for name in "abc"], [], many=False)

    def on_mount(self) -> None:
        self.query_one(OptionChooser).focus()

    def action_judge(self) -> None:
        self.judged.append(set(self.query_one(OptionChooser).chosen))


class Typing(CommandsAfterKeys, App[None]):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f5", "judge", priority=True)]

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        self.judged: list[str] = []

    def action_judge(self) -> None:
        self.judged.append(text_of(self))

    def compose(self) -> ComposeResult:
        yield KINDS[self.kind]()

    def on_mount(self) -> None:
        self.query_one("#field").focus()


async def together(pilot: Pilot[None], *keys: str) -> str:
    """Sends keys as a terminal that delivers them in one piece, and gives the text that comes of them."""
    for key in keys:
        pilot.app.post_message(Key(key, key if len(key) == 1 else None))
    await pilot.pause()
    return text_of(pilot.app)


def text_of(app: App[None]) -> str:
    field = app.query_one("#field")
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


@pytest.mark.parametrize("kind", KINDS)
def test_a_command_waits_for_the_letters_before_it(kind: str) -> None:
    async def main() -> None:
        app = Typing(kind)
        async with app.run_test() as pilot:
            await together(pilot, *"abc", "backspace", "f5", *"de", "f5", "f5")
            assert app.judged == ["ab", "abde", "abde"]

    asyncio.run(main())


def test_a_command_waits_for_the_choice_before_it() -> None:
    async def main() -> None:
        app = Choosing()
        async with app.run_test() as pilot:
            for key in ("down", "space", "f5", "down", "enter", "f5"):
                app.post_message(Key(key, " " if key == "space" else None))
            await pilot.pause()
            assert app.judged == [{"b"}, {"c"}]

    asyncio.run(main())
