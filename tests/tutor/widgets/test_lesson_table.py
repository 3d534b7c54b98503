"""A table of a lesson at any width: no line is too wide, no word is broken, nothing is lost."""

from __future__ import annotations

import pytest
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen

from tests.tutor.screen import app, settle, shows, text
from tutor.widgets.lesson_markdown import LessonMarkdown
from tutor.widgets.lesson_table import column_widths, table_lines

HEADERS = [Content(one) for one in ("attribute", "layer", "what follows")]
ROWS = [
    [Content(one) for one in ("conv1", "convolution from 1 to 6 channels, 5 by 5", "ReLU, pooling")],
    [Content(one) for one in ("fc", "linear layer", "")],
]
WORDS = " ".join(cell.plain for row in (HEADERS, *ROWS) for cell in row).split()
SOURCE = """| call | what it does |
|---|---|
| `batch_norm` of $x_1$ | normalises, and **then** scales; [the paper](https://example.org/a) has more of it |
| `relu` | cuts |
"""


def lines(width: int) -> list[str]:
    return [line.plain for line in table_lines(HEADERS, ROWS, width)]


@pytest.mark.parametrize("width", [14, 20, 30, 31, 32, 40, 60, 100])
def test_no_line_is_too_wide_and_no_word_is_broken(width: int) -> None:
    drawn = lines(width)
    assert max(map(len, drawn)) <= width
    assert set(WORDS) <= {word.rstrip(":") for line in drawn for word in line.split()}


def test_columns_where_there_is_room() -> None:
    assert lines(100) == [
        "attribute  layer                                     what follows",
        "─────────  ────────────────────────────────────────  ─────────────",
        "conv1      convolution from 1 to 6 channels, 5 by 5  ReLU, pooling",
        "fc         linear layer",
    ]
    assert "" in lines(50)  # rows of several lines stand apart


def test_headings_and_cells_where_there_is_none() -> None:
    assert column_widths([HEADERS, *ROWS], 24) is None
    assert lines(24)[:4] == ["attribute: conv1", "layer: convolution", "  from 1 to 6 channels,", "  5 by 5"]


async def test_formulas_code_and_links_in_cells() -> None:
    class Sheet(Screen[None]):
        def compose(self) -> ComposeResult:
            yield LessonMarkdown(SOURCE)

    one = app()
    async with one.run_test(size=(60, 16)) as pilot:
        await one.push_screen(Sheet())
        await settle(pilot, shows(pilot, "call", "batch_norm", "of x₁", "(https://example.org/a)"))
        assert "*" not in text(one.screen) and "$" not in text(one.screen)
        await pilot.resize_terminal(34, 30)
        await settle(pilot, shows(pilot, "what it does: normalises, and", "(https://example.org/a)"))


async def test_a_link_of_a_cell_is_heard_of() -> None:
    heard: list[str] = []

    class Sheet(Screen[None]):
        def compose(self) -> ComposeResult:
            yield LessonMarkdown(SOURCE)

        def on_markdown_link_clicked(self, event: LessonMarkdown.LinkClicked) -> None:
            heard.append(event.href)

    one = app()
    async with one.run_test(size=(80, 16)) as pilot:
        await one.push_screen(Sheet())
        await settle(pilot, shows(pilot, "the paper"))
        rows = text(one.screen).split("\n")
        row = next(place for place, line in enumerate(rows) if "the paper" in line)
        await pilot.click(offset=(rows[row].index("paper"), row))
        await settle(pilot, lambda: heard == ["https://example.org/a"])
