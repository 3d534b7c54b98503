"""The reader: cards and the way between them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from screen import LARGE, SMALL, app, settle, shows, text
from textual.pilot import Pilot

from tutor.plain import prose
from tutor.progress import Progress
from tutor.screens.contents import ContentsScreen
from tutor.screens.lesson import LessonScreen
from tutor.widgets.lesson_markdown import parser

Matches = Callable[[str, str], None]
ROOMY = (200, 60)
SIZES = pytest.mark.parametrize("size", [SMALL, LARGE, ROOMY], ids=["80x24", "120x40", "200x60"])


async def read(pilot: Pilot[None], card: int = 1) -> None:
    """From the map to a card of the first lesson."""
    await settle(pilot, shows(pilot, "Slopes"))
    await pilot.press("enter")
    await settle(pilot, shows(pilot, "card 1 of 3"))
    await pilot.press(*["n"] * (card - 1))
    await settle(pilot, shows(pilot, f"card {card} of 3"))


# --- table of contents ----------------------------------------------------------------------------


@SIZES
async def test_the_table_of_contents(size: tuple[int, int], matches: Matches) -> None:
    async with app().run_test(size=size) as pilot:
        await read(pilot, card=2)
        await pilot.press("t")
        await settle(pilot, shows(pilot, "Slopes: 3 cards", "you are here"))
        matches(f"contents-{size[0]}", text(pilot.app.screen))


async def test_enter_in_the_contents_goes_to_the_card() -> None:
    async with app().run_test(size=SMALL) as pilot:
        await read(pilot)
        await pilot.press("t", "down", "j", "enter")
        await settle(pilot, shows(pilot, "card 3 of 3", "Exercise: Twice as much"))
        await pilot.press("t", "k", "escape")  # looked, and stayed
        await settle(pilot, lambda: isinstance(pilot.app.screen, LessonScreen))
        assert shows(pilot, "card 3 of 3")()
        await pilot.press("t")
        await settle(pilot, lambda: isinstance(pilot.app.screen, ContentsScreen))
        assert shows(pilot, "  [x] 1  A mean", "  [ ] 2  A demo  (demo)", "▸ [x] 3  Try it  (exercise)")()
    assert Progress().cards("slopes") == {0, 2}


async def test_where_there_is_room_the_contents_stand_beside_the_card(matches: Matches) -> None:
    async with app().run_test(size=ROOMY) as pilot:
        await read(pilot)
        await settle(pilot, shows(pilot, "▸ [x] 1  A mean"))
        matches("card-200", text(pilot.app.screen))
        await pilot.press("n")
        await settle(pilot, shows(pilot, "  [x] 1  A mean", "▸ [x] 2  A demo"))
        await pilot.resize_terminal(*LARGE)
        await settle(pilot, lambda: not shows(pilot, "▸ [x] 2")())


# --- addresses ------------------------------------------------------------------------------------


def shown(markdown: str) -> str:
    inline = next(token for token in parser().parse(markdown) if token.type == "inline")
    return "".join(child.content for child in inline.children or ())


def test_a_link_is_shown_with_its_address() -> None:
    text = "See [the `where` page](https://docs.pytorch.org/where.html) for $x^2$."
    assert shown(text) == "See the where page (https://docs.pytorch.org/where.html) for x²."
    assert prose(text) == "See the `where` page (https://docs.pytorch.org/where.html) for x²."


def test_an_address_that_is_its_own_text_stands_there_once() -> None:
    assert shown("[https://a.org/b](https://a.org/b)") == "https://a.org/b"
    assert prose("[https://a.org/b](https://a.org/b)") == "https://a.org/b"


def test_what_only_looks_like_a_link_stays() -> None:
    assert prose("`[x](https://a.org)` and x[0](1)") == "`[x](https://a.org)` and x[0](1)"
