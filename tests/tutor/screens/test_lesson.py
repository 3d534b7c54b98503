"""The reader: cards and the way between them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key
from textual.pilot import Pilot

from grader.grading import Run
from lessons.formulas.prose import prose
from tests.tutor.screen import LARGE, LARGER, LARGEST, SMALL, QuickGrader, app, settle, shows, text
from tutor.learner.progress import Progress
from tutor.screens.contents import ContentsScreen
from tutor.screens.lesson import LessonScreen
from tutor.widgets.lesson_markdown import parser

Matches = Callable[[str, str], None]
ROOMY = (200, 60)
SIZES = pytest.mark.parametrize("size", [SMALL, LARGER, LARGEST], ids=["80x24", "120x40", "200x60"])


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
    assert prose(text) == "See the where page (https://docs.pytorch.org/where.html) for x²."


def test_an_address_that_is_its_own_text_stands_there_once() -> None:
    assert shown("[https://a.org/b](https://a.org/b)") == "https://a.org/b"
    assert prose("[https://a.org/b](https://a.org/b)") == "https://a.org/b"


def test_what_only_looks_like_a_link_stays() -> None:
    assert prose("`[x](https://a.org)` and x[0](1)") == "[x](https://a.org) and x[0](1)"


# --- a demo to play with --------------------------------------------------------------------------


class Remembers(QuickGrader):
    """Remembers what was run."""

    def __init__(self) -> None:
        super().__init__()
        self.ran: list[str] = []

    def run(self, source: str, **settings: Any) -> Run:
        self.ran.append(source)
        return super().run(source, **settings)


@SIZES
async def test_a_demo_is_changed_where_it_stands(size: tuple[int, int], matches: Matches, home: Path) -> None:
    grader = Remembers()
    async with app(grader).run_test(size=size) as pilot:
        await read(pilot, card=2)
        assert not shows(pilot, "o Reset")()
        await pilot.press("c")
        await settle(pilot, shows(pilot, "f5 Run your copy", "esc Leave the code"))
        await pilot.press(*"n = 4", "enter", "f5")  # letters are text here, and no keys of the lesson
        await settle(pilot, shows(pilot, "Done in 0.1 s. F5 runs it again."))
        matches(f"changed-{size[0]}", text(pilot.app.screen))
        assert grader.ran[0].startswith('n = 4\n"""Counts') and not Progress().demo_ran("slopes", "count")
        await pilot.press("escape")
        await settle(pilot, shows(pilot, "(your copy)", "n = 4", "card 2 of 3", "o Reset"))
        await pilot.press("n", "p")
        await settle(pilot, shows(pilot, "(your copy)", "n = 4", "card 2 of 3"))
        await pilot.press("o")
        await settle(pilot, shows(pilot, "This is the original again"))
        assert not shows(pilot, "n = 4")() and not shows(pilot, "o Reset")()
        await pilot.press("r")
        await settle(pilot, shows(pilot, "Done in 0.1 s. Press r"))
        assert "n = 4" not in grader.ran[1] and Progress().demo_ran("slopes", "count")
    assert [path.read_text()[:5] for path in (home / "demos" / "slopes" / "backups").iterdir()] == ["n = 4"]


async def test_keys_in_a_hurry_turn_no_card_once_the_code_is_open() -> None:
    async with app().run_test(size=SMALL) as pilot:
        await read(pilot, card=2)
        for key, character in (("c", "c"), ("space", " "), ("n", "n")):  # with no pause between them
            pilot.app.post_message(Key(key, character))
        await settle(pilot, shows(pilot, "F5 runs your copy"))
        assert shows(pilot, "card 2 of 3")()


@pytest.mark.parametrize("leave", ["ctrl+q", "wait"])
async def test_what_was_typed_into_a_demo_is_not_lost(leave: str, home: Path) -> None:
    async with app().run_test(size=SMALL) as pilot:
        await read(pilot, card=2)
        await pilot.press("c", *"# mine ")
        if leave == "ctrl+q":
            await pilot.press("ctrl+q")
        else:
            await settle(pilot, lambda: (home / "demos" / "slopes" / "count.py").is_file())
    assert (home / "demos" / "slopes" / "count.py").read_text().startswith('# mine """Counts')


async def test_a_copy_that_cannot_be_read_leaves_the_original(home: Path) -> None:
    path = home / "demos" / "slopes" / "count.py"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\xff")
    async with app().run_test(size=LARGE) as pilot:
        await read(pilot, card=2)
        await settle(pilot, shows(pilot, "is not UTF-8", "Counts to three"))
    assert path.read_bytes() == b"\xff"


# --- glossary and formulas in words ---------------------------------------------------------------


@SIZES
async def test_the_terms_of_a_card(size: tuple[int, int], matches: Matches) -> None:
    async with app().run_test(size=size) as pilot:
        await read(pilot)
        await pilot.press("g")
        await settle(pilot, shows(pilot, "Used here: 1 term", "Also: average", "over how many there are"))
        matches(f"glossary-{size[0]}", text(pilot.app.screen))


async def test_from_the_terms_of_a_card_to_all_and_along_see_also() -> None:
    async with app().run_test(size=SMALL) as pilot:
        await read(pilot)
        await pilot.press("g")
        await settle(pilot, shows(pilot, "Used here: 1 term"))
        assert not shows(pilot, "See also")()  # this entry names no other
        await pilot.press("a", "j")
        await settle(pilot, shows(pilot, "Glossary: 2", "How steep", "Δy", "See also: mean"))
        await pilot.press("enter")
        await settle(pilot, shows(pilot, "over how many there are"))
        await pilot.press("escape")
        await settle(pilot, shows(pilot, "card 1 of 3"))
        await pilot.press("ctrl+p", *"glossary", "enter")
        await settle(pilot, shows(pilot, "Glossary: 2"))


@SIZES
async def test_formulas_in_words(size: tuple[int, int], matches: Matches) -> None:
    async with app().run_test(size=size) as pilot:
        await read(pilot)
        await pilot.press("s")
        await settle(pilot, shows(pilot, "in words", "x sub 1, and so on, x sub m", "mu equals 1 over m the sum"))
        matches(f"spoken-{size[0]}", text(pilot.app.screen))


async def test_keys_that_would_do_nothing_are_not_shown_and_do_nothing() -> None:
    async with app().run_test(size=SMALL) as pilot:
        await read(pilot, card=3)
        assert not any(shows(pilot, key)() for key in ("g Terms", "s Say", "r Run", "c Edit", "o Reset"))
        await pilot.press("g", "s", "r", "c", "o")
        await settle(pilot, shows(pilot, "card 3 of 3", "e Task"))
        assert isinstance(pilot.app.screen, LessonScreen)
