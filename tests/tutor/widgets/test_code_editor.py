"""The editor in a bare app: what is typed, undone, found and marked."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from textual.app import App, ComposeResult
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets.text_area import Selection

from tests.tutor.screen import settle, text
from tutor.widgets.code_editor import CodeEditor
from tutor.widgets.text_editor import TextEditor


class Desk(App[None]):
    def compose(self) -> ComposeResult:
        yield CodeEditor(id="code", classes="code")


def opened(
    pilot: Pilot[None], source: str, at: tuple[int, int] = (0, 0), to: tuple[int, int] | None = None
) -> CodeEditor:
    editor = pilot.app.query_one(CodeEditor)
    editor.put(source)
    editor.focus()
    editor.selection = Selection(at, to or at)
    return editor


CASES: Sequence[tuple[str, tuple[int, int], tuple[int, int] | None, Sequence[str], str]] = [
    ("def f():", (0, 8), None, ["enter", "x"], "def f():\n    x"),
    ("\tif x:", (0, 6), None, ["enter", "y"], "\tif x:\n\t\ty"),
    ("if x:\n  y\n", (0, 5), None, ["enter", "z"], "if x:\n  z\n  y\n"),
    ("a\nb\nc", (0, 0), (1, 1), ["tab"], "    a\n    b\nc"),
    ("a\nb\nc", (0, 0), (2, 0), ["tab"], "    a\n    b\nc"),  # the last line is not selected
    ("    a\n  b", (1, 3), None, ["shift+tab"], "    a\nb"),
    ("a:\n    b", (1, 5), None, ["enter", "shift+tab", "x"], "a:\n    b\nx"),
    ("ab", (0, 1), None, ["tab"], "a   b"),
    ("a\n\n  b", (0, 0), (2, 1), ["ctrl+underscore"], "# a\n\n#   b"),
    ("# a", (0, 1), None, ["alt+c"], "a"),
    ("", (0, 0), None, [*"f(x)"], "f(x)"),
    ("", (0, 0), None, [*'f("a"'], 'f("a")'),
    ("f()", (0, 2), None, ["backspace"], "f"),
    ("a:\n    b\n        x", (2, 8), None, ["backspace"], "a:\n    b\n    x"),
    ("x", (0, 1), None, ["backspace"], ""),
    ("a b", (0, 2), (0, 3), ["("], "a (b)"),
    ("a\nb", (0, 0), (1, 1), ["["], "[a\nb]"),
    ("a\nb\nc", (1, 0), None, ["ctrl+end", "x", "ctrl+home", "y"], "ya\nb\ncx"),
    ("a\nb", (0, 1), None, ["alt+a", "x"], "x"),
]


async def test_what_is_typed_and_undone() -> None:
    async with Desk().run_test(size=(60, 12)) as pilot:
        for source, at, to, keys, expected in CASES:
            editor = opened(pilot, source, at, to)
            await pilot.press(*keys)
            assert editor.text == expected, (source, keys)
            for _ in keys:
                editor.undo()
            assert editor.text == source, (source, keys)
        editor = opened(pilot, "a\nb", (0, 0), (1, 1))
        editor.read_only = True
        await pilot.press("tab", "enter", "(", "backspace", "ctrl+underscore")
        assert editor.text == "a\nb"


@pytest.mark.parametrize("wrapped", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["cut", "wrapped"])
async def test_a_long_paste_can_be_undone(wrapped: bool) -> None:
    """Textual's own editor ends the app here: `ValueError: The document line index 3 is out of bounds`."""
    long = "\n".join(f"line {number} " + "word " * 30 for number in range(200))
    async with Desk().run_test(size=(60, 12)) as pilot:
        editor = opened(pilot, "a\nb\n", (1, 0))
        editor.soft_wrap = wrapped
        for _ in range(2):
            pilot.app.post_message(Paste(long))
            await settle(pilot, lambda: editor.document.line_count == 202)
            await pilot.press("ctrl+z")
            await settle(pilot, lambda: editor.text == "a\nb\n")
            await pilot.press("ctrl+y")
            await settle(pilot, lambda: editor.document.line_count == 202)
            await pilot.press("ctrl+z")
            await settle(pilot, lambda: editor.text == "a\nb\n")
        assert editor.cursor_location == (1, 0)


async def test_marks_signs_and_what_is_found() -> None:
    long = "import torch\n\n\ndef f(x):\n    return 'a word that goes on and on beyond the edge of the pane'\n"
    async with Desk().run_test(size=(40, 12)) as pilot:
        editor = opened(pilot, long)
        editor.mark([4, 99])
        await settle(pilot, lambda: "4● def f(x):" in text(pilot.app.screen))
        assert "›" in text(pilot.app.screen).splitlines()[5] and "torch›" not in text(pilot.app.screen)
        await pilot.press("enter")  # a line above
        await settle(pilot, lambda: "5● def f(x):" in text(pilot.app.screen))
        await pilot.press("ctrl+z")
        await settle(pilot, lambda: "4● def f(x):" in text(pilot.app.screen))
        editor.cursor_location = (4, 60)
        await settle(pilot, lambda: "5  ‹" in text(pilot.app.screen))
        await pilot.press("alt+z")
        await settle(pilot, lambda: "‹" not in text(pilot.app.screen) and "pane'" in text(pilot.app.screen))
        assert "›" not in text(pilot.app.screen)
        editor.cursor_location = (0, 0)
        assert editor.find("ON") == (1, 3) and editor.selected_text == "on"
        assert [editor.find("on", step)[0] for step in (1, 1, 1, -1, -1)] == [2, 3, 1, 3, 2]
        assert editor.find("nowhere") == (0, 0)
        editor.mark([])
        await settle(pilot, lambda: "●" not in text(pilot.app.screen))


def test_every_text_that_is_edited_has_the_mended_editor() -> None:
    """No screen makes a TextArea of its own."""
    from pathlib import Path

    import tutor

    for path in Path(str(tutor.__file__)).parent.rglob("*.py"):
        assert "TextArea(" not in path.read_text(encoding="utf-8").replace("class TextEditor(TextArea)", ""), path
    assert issubclass(CodeEditor, TextEditor)
