"""The palette: one at a time, and keys that come before its list is drawn do no harm."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from textual.events import Key
from textual.screen import Screen
from textual.widgets import Input

from tests.tutor.screen import SMALL, app, settle, shows
from tutor.app import TutorApp
from tutor.screens.course_map import CourseMap
from tutor.screens.glossary import GlossaryScreen
from tutor.screens.help import HelpScreen
from tutor.screens.lesson import LessonScreen
from tutor.screens.palette import Palette
from tutor.screens.practice import PracticeScreen
from tutor.screens.review import ReviewScreen
from tutor.screens.statistics import StatisticsScreen
from tutor.widgets.demo_view import DemoView


async def test_a_key_before_the_list_is_laid_out() -> None:
    one = app()
    async with one.run_test(size=SMALL) as pilot:
        await settle(pilot, shows(pilot, "Twice as much"))
        before = len(one.screen_stack)
        for key in ("pageup", "pagedown", "home", "end", "up", "down", "enter"):
            for pressed in ("ctrl+p", key, key):
                one.simulate_key(pressed)
            # where the list is there already, Enter opens what it stands on in the palette's place
            await settle(pilot, lambda: len(one.screen_stack) > before)
            assert one.is_running
            for _ in range(5):
                if len(one.screen_stack) > before:
                    await pilot.press("escape")


async def test_there_is_one_at_a_time_and_it_opens_a_lesson() -> None:
    one = app()
    async with one.run_test(size=SMALL) as pilot:
        await settle(pilot, shows(pilot, "Twice as much"))
        await pilot.press("ctrl+p", "ctrl+p", "f1", "ctrl+p")
        await settle(pilot)
        assert sum(isinstance(screen, Palette) for screen in one.screen_stack) == 1
        await pilot.press("escape", *"read slopes")
        await settle(pilot, shows(pilot, "Read: Slopes"))
        await pilot.press("enter", "enter")
        await settle(pilot, shows(pilot, "card 1 of 3"))


async def test_it_closes_nothing_but_itself() -> None:
    one = app()
    async with one.run_test(size=SMALL) as pilot:
        await settle(pilot, shows(pilot, "Twice as much"))
        await pilot.press("ctrl+p")
        palette = one.screen
        await pilot.press("f1")
        await settle(pilot, lambda: isinstance(one.screen, HelpScreen))
        for _ in range(2):  # as Enter does, pressed before the help was there and told of after it
            palette.dismiss()
            await settle(pilot)
        assert isinstance(one.screen, HelpScreen)
        await pilot.press("escape", "escape")
        await settle(pilot, lambda: isinstance(one.screen, CourseMap))


def together(one: TutorApp, *keys: str) -> None:
    """Sends keys as a terminal that delivers them in one piece."""
    for key in keys:
        one.post_message(Key(key, key if len(key) == 1 else " " if key == "space" else None))


@pytest.mark.parametrize(
    ("keys", "opens"),
    [
        (["ctrl+p", *"read", "space", *"slopes", "enter"], LessonScreen),
        (["alt+p", *"helx", "backspace", *"p", "home", "end", "enter"], HelpScreen),
        (["ctrl+p", *"read", "ctrl+u", *"glossary", "enter"], GlossaryScreen),
        (["ctrl+p", *"help", "space", *"read", "ctrl+w", "backspace", "enter"], HelpScreen),
        (["ctrl+p", "down", "down", "up", "enter"], GlossaryScreen),  # the second
        (["ctrl+p", "ctrl+end", "ctrl+home", "enter"], LessonScreen),  # the first: Continue
    ],
)
async def test_keys_that_come_together_act_in_their_order(keys: list[str], opens: type) -> None:
    one = app()
    async with one.run_test(size=SMALL) as pilot:
        await settle(pilot, shows(pilot, "Twice as much"))
        together(one, *keys)
        await settle(pilot, lambda: isinstance(one.screen, opens))


async def test_a_page_further_tab_and_a_word_that_is_in_no_command() -> None:
    one = app()
    async with one.run_test(size=SMALL) as pilot:
        await settle(pilot, shows(pilot, "Twice as much"))
        await pilot.press("ctrl+p")
        await settle(pilot, shows(pilot, "Command:", "Every term of the course"))
        palette = one.screen
        assert isinstance(palette, Palette)
        shown = palette.query_one("CommandList")
        await pilot.press("pagedown")
        await settle(pilot, lambda: (shown.highlighted or 0) > 1)  # type: ignore[attr-defined]
        await pilot.press("pageup", "tab", *"xyz", "enter")
        await settle(pilot, shows(pilot, "No matches found"))
        assert palette.query_one(Input).value == "xyz" and one.screen is palette


EVERYWHERE = {"Continue", "Search", "Review", "Statistics", "Map", "Help", "Theme", "Quit", "Glossary"}
ON_A_CARD = {"Run the demonstration", "Edit the demonstration", "Cards", "First card", "Last card"}
AT_WORK = {"Judge", "Hint", "Run", "Editor", "Next part", "Next exercise", "Previous exercise", "Note", "Zoom"}


def comes(one: TutorApp, page: type[Screen[Any]]) -> bool:
    return isinstance(one.screen, page)


def offered(one: TutorApp) -> set[str]:
    return {command.title for command in one.get_system_commands(one.screen)}


async def test_every_command_has_a_name() -> None:
    one = app()
    async with one.run_test(size=SMALL) as pilot:
        await settle(pilot, shows(pilot, "Twice as much"))
        assert offered(one) >= EVERYWHERE and not offered(one) & (ON_A_CARD | AT_WORK)
        one.open_lesson(one.session.course.lessons[0])
        await settle(pilot, shows(pilot, "card 1 of 3"))
        assert offered(one) >= EVERYWHERE | {"Cards", "First card", "Last card"}
        await pilot.press("n")
        await settle(pilot, lambda: bool(one.screen.query(DemoView)))
        assert offered(one) >= EVERYWHERE | ON_A_CARD
        one.open_exercise(one.session.course.exercises[0])
        await settle(pilot, lambda: isinstance(one.screen, PracticeScreen))
        assert offered(one) >= EVERYWHERE | AT_WORK and not offered(one) & ON_A_CARD


async def test_a_page_of_the_map_is_opened_from_an_exercise() -> None:
    one = app()
    async with one.run_test(size=SMALL) as pilot:
        await settle(pilot, shows(pilot, "Twice as much"))
        for words, page in (("statis", StatisticsScreen), ("review", ReviewScreen), ("map", CourseMap)):
            one.open_exercise(one.session.course.exercises[0])
            await settle(pilot, lambda: isinstance(one.screen, PracticeScreen))
            await pilot.press("ctrl+p", *words, "enter")
            await settle(pilot, partial(comes, one, page))
            if page is not CourseMap:
                await pilot.press("escape")
                await settle(pilot, lambda: isinstance(one.screen, CourseMap))
