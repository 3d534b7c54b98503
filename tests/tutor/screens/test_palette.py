"""The palette: one at a time, and keys that come before its list is drawn do no harm."""

from __future__ import annotations

from tests.tutor.screen import SMALL, app, settle, shows
from tutor.screens.course_map import CourseMap
from tutor.screens.help import HelpScreen
from tutor.screens.palette import Palette


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
