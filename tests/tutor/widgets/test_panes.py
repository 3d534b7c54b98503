"""Panes side by side: what is selected in one of them ends at its edge."""

from __future__ import annotations

from tests.tutor.screen import LARGE, app, practise, settle, shows
from tutor.widgets.panes import Panes


async def test_what_is_selected_and_copied_is_one_panes() -> None:
    async with app().run_test(size=LARGE) as pilot:
        await practise(pilot)
        await pilot.press("f5")
        await settle(pilot, shows(pilot, "Ctrl+G goes to line 2."))
        task, verdict = (pilot.app.screen.query_one(Panes).panes[name] for name in ("Task", "Verdict"))
        top, right = task.content_region, verdict.content_region
        await pilot.mouse_down(offset=(top.x + 1, top.y + 2))
        await pilot.hover(offset=(right.right - 3, right.y + 5))
        await pilot.mouse_up(offset=(right.right - 3, right.y + 5))
        copied = pilot.app.screen.get_selected_text() or ""
        assert copied.startswith("Write double(x)") and "NotImplementedError" not in copied
        selected = pilot.app.screen.selections
        assert selected and all(task in widget.ancestors_with_self for widget in selected)
