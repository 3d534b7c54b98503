"""A list on a page that has no room for it scrolls, says so, and leaves in the frame what stands beside it."""

from __future__ import annotations

import msgspec
import pytest

from tests.tutor.screen import app, settle, shows
from tutor.screens.contents import ContentsScreen
from tutor.widgets.page_list import PageList


@pytest.mark.parametrize(("height", "fits"), [(24, False), (60, True)])
async def test_a_long_list(height: int, fits: bool) -> None:
    one = app()
    async with one.run_test(size=(80, height)) as pilot:
        await settle(pilot, shows(pilot, "Twice as much"))
        lesson = one.session.course.lessons[0]
        lesson = msgspec.structs.replace(lesson, cards=lesson.cards * 10)
        await one.push_screen(ContentsScreen(lesson, 0, ()))
        await settle(pilot, shows(pilot, "30 cards", "you are here"))
        view = one.screen.query_one(PageList)
        assert (view.size.height == 30, view.vertical_scrollbar.region.area == 0) == (fits, fits)
        await pilot.press("end")
        await settle(pilot, shows(pilot, "[ ] 30", "you are here"))
