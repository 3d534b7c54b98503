"""The curves of a run on the screen: live, compared, looked into, and at no cost to whoever types."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from tests.tutor.screen import QuickGrader, app, practise, settle, shows, text
from tutor.widgets.curve_plot import CurvePlot


def curve(first: int, last: int, name: str = "loss", count: int | None = None) -> dict[str, Any]:
    steps = list(range(first, last))
    values = [math.exp(-step / 50) for step in steps]
    return {"type": "curve", "name": name, "steps": steps, "values": values, "count": count or last}


class Plotting(App[None]):
    """A plot, and above it as many lines as it takes to have it out of sight."""

    CSS = "CurvePlot, Static { height: auto; }"

    def __init__(self, above: int = 0) -> None:
        super().__init__()
        self.above = above
        self.plot = CurvePlot()

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static("\n" * self.above)
            yield self.plot


def drawn(plot: CurvePlot) -> list[str]:
    return plot._content(plot.content_size.width).plain.splitlines()


async def test_a_plot_grows_with_its_first_points() -> None:
    async with Plotting().run_test(size=(80, 24)) as pilot:
        plot = pilot.app.plot  # type: ignore[attr-defined]
        assert not plot.display
        plot.add(curve(0, 1))
        await pilot.pause(0.3)
        assert plot.size.height == 1 and "step 0: loss 1" in drawn(plot)[0]
        plot.add(curve(1, 100))
        await pilot.pause(0.4)
        assert plot.size.height == plot.lines + 1 and drawn(plot)[-1].strip() == "─ loss 0.138   x: step"
        assert plot.summary() == ["loss 1 -> 0.138 in 99 steps"]


def counted(draw: Callable[..., Any], pictures: list[int]) -> Callable[..., Any]:
    """The same, and one more in `pictures` at each call."""

    def drawn(*arguments: Any) -> Any:
        pictures.append(1)
        return draw(*arguments)

    return drawn


async def test_an_event_costs_nothing_until_it_is_time_to_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    from tutor.plots import curve_drawing

    pictures: list[int] = []
    monkeypatch.setattr(curve_drawing, "plot_curves", counted(curve_drawing.plot_curves, pictures))
    async with Plotting().run_test(size=(80, 24)) as pilot:
        plot = pilot.app.plot  # type: ignore[attr-defined]
        plot.add(curve(0, 10))
        await pilot.pause(0.3)
        before = len(pictures)
        for step in range(10, 2000):
            plot.add(curve(step, step + 1))
        assert len(pictures) == before
        await settle(pilot, lambda: len(pictures) > before)
        assert len(pictures) <= before + 3


async def test_out_of_sight_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    from tutor.plots import curve_drawing

    async with Plotting(above=200).run_test(size=(80, 24)) as pilot:
        plot = pilot.app.plot  # type: ignore[attr-defined]
        plot.add(curve(0, 100))
        await pilot.pause(0.4)
        pictures: list[int] = []
        monkeypatch.setattr(curve_drawing, "plot_curves", counted(curve_drawing.plot_curves, pictures))
        for step in range(100, 110):
            plot.add(curve(step, step + 1))
            await pilot.pause(0.15)
        assert pictures == []
        plot.scroll_visible(animate=False)
        await pilot.pause(0.3)
        assert pictures and "109" not in drawn(plot)[0]


async def test_keys_look_closer_and_change_the_scale() -> None:
    async with Plotting().run_test(size=(80, 24)) as pilot:
        plot = pilot.app.plot  # type: ignore[attr-defined]
        plot.put({"loss": [(step, math.exp(-step / 50)) for step in range(401)]})
        plot.focus()
        await pilot.pause()
        assert plot.has_focus and "log scale" in drawn(plot)[-1]

        def steps() -> list[float]:
            return [float(word) for word in drawn(plot)[plot.lines - 1].split() if word.replace(".", "").isdigit()]

        assert steps()[0] == 0 and steps()[-1] >= 300
        await pilot.press("plus")
        assert plot.window == (0.25, 0.75)
        await pilot.press("right", "right", "right", "right", "right")
        assert plot.window == (0.5, 1.0)
        await pilot.pause()
        assert steps()[0] >= 200
        await pilot.press("left")
        assert plot.window == (0.375, 0.875)
        for _ in range(20):
            await pilot.press("plus")
        assert plot.window[1] - plot.window[0] == 1 / 256
        await pilot.press("0")
        assert plot.window == (0.0, 1.0)
        await pilot.press("minus", "l")
        await pilot.pause()
        assert plot.window == (0.0, 1.0) and "0.01" in "\n".join(drawn(plot))


async def test_earlier_runs_and_the_courses_curve_are_compared() -> None:
    async with Plotting().run_test(size=(100, 30)) as pilot:
        plot = pilot.app.plot  # type: ignore[attr-defined]
        for _ in range(5):
            plot.begin()
            plot.add(curve(0, 50))
        assert len(plot.earlier) == 3
        plot.reference = {"loss": [(0, 1.0), (49, 0.5)]}
        plot.settle()
        await pilot.pause()
        assert drawn(plot)[-1].strip() == "─ loss 0.375   ━ the course's loss 0.5   · earlier runs   x: step"
        plot.begin(compare=False)
        assert plot.earlier == []


async def test_what_was_thinned_out_is_said() -> None:
    async with Plotting().run_test() as pilot:
        plot = pilot.app.plot  # type: ignore[attr-defined]
        plot.add(curve(0, 100, count=1_000_000))
        assert "loss: of 1,000,000 points 100 are kept" in plot.summary()[-1]


# --- in the lesson and beside the verdict --------------------------------------------------------------------------

MOONS = {
    "layers": [{"kind": "points", "x": [0, 1], "y": [0, 1], "colours": ["#000000", "#ffffff"]}],
    "x_limits": [-1, 2],
    "y_limits": [-1, 2],
}


def figure(title: str, **more: Any) -> dict[str, Any]:
    from grader.records.figure import parse

    return {"type": "figure", "figure": parse({"title": title, "panels": [MOONS], **more}), "at": 0}


async def test_a_demo_draws_while_it_runs_and_what_came_stays_when_it_is_stopped(home: Path) -> None:
    grader = QuickGrader()
    grader.events = [curve(0, 100), {"type": "progress", "done": 12, "total": 24, "left": 3.0}, figure("moons")]
    grader.hold = True
    async with app(grader).run_test(size=(120, 60)) as pilot:
        await settle(pilot, shows(pilot, "Slopes"))
        await pilot.press("enter", "n")
        await settle(pilot, shows(pilot, "Counting"))
        await pilot.press("r")
        await settle(pilot, shows(pilot, "Running: ██████████░░░░░░░░░░ 12 of 24, about 3 s left. Esc stops it."))
        await settle(pilot, shows(pilot, "─ loss 0.138", "moons", "×"))
        await pilot.press("escape")
        await settle(pilot, shows(pilot, "Stopped.", "─ loss 0.138", "moons"))
        grader.hold = False
        await pilot.press("r")
        await settle(pilot, shows(pilot, "Done in 0.1 s", "earlier runs"))
    kept = sorted(path.name for path in (home / "demos").rglob("*curves*"))
    assert kept == ["count-curves.csv", "count-curves.json"]


MAKING = {"type": "making", "name": "drawn-garments"}


async def test_a_demo_says_how_far_its_data_are() -> None:
    grader = QuickGrader()
    grader.hold = True
    async with app(grader).run_test(size=(120, 60)) as pilot:
        await settle(pilot, shows(pilot, "Slopes"))
        await pilot.press("enter", "n")
        await settle(pilot, shows(pilot, "Counting"))
        for event, said in (
            ({**MAKING, "done": 0, "total": None, "left": None}, "Making drawn-garments, which takes a few seconds"),
            ({**MAKING, "done": 12, "total": 24, "left": 3.0}, "Making drawn-garments: ██████████░░░░░░░░░░ 12 of 24"),
            ({"type": "made"}, "Running. Esc stops it."),
        ):
            grader.events = [{**MAKING, "done": 0, "total": None, "left": None}, event]
            await pilot.press("r")
            await settle(pilot, shows(pilot, said))
            await pilot.press("escape")
            await settle(pilot, shows(pilot, "Stopped."))


async def test_judging_says_how_far_its_data_are() -> None:
    grader = QuickGrader()
    grader.hold = True
    grader.drawn = [{**MAKING, "done": 12, "total": 24, "left": 3.0}]
    async with app(grader).run_test(size=(200, 60)) as pilot:
        await practise(pilot)
        await pilot.press("f5")
        await settle(pilot, shows(pilot, "Making drawn-garments: ██████████░░░░░░░░░░ 12 of", "s left."))
        grader.drawn.append({"type": "made"})
        await pilot.press("f5")
        await settle(pilot, shows(pilot, "Judging. Esc stops it."))
        await pilot.press("escape")


async def test_a_figure_that_is_drawn_again_takes_its_own_place() -> None:
    grader = QuickGrader()
    grader.events = [figure("first", key=1), figure("other"), figure("second", key=1)]
    async with app(grader).run_test(size=(120, 80)) as pilot:
        await settle(pilot, shows(pilot, "Slopes"))
        await pilot.press("enter", "n")
        await settle(pilot, shows(pilot, "Counting"))
        await pilot.press("r")
        await settle(pilot, shows(pilot, "second", "other"))
        shown = text(pilot.app.screen)
        assert "first" not in shown and shown.index("second") < shown.index("other")


async def test_what_is_logged_while_it_is_judged_is_drawn_and_stays() -> None:
    grader = QuickGrader()
    grader.drawn = [curve(0, 100), {"type": "progress", "done": 1, "total": 2, "left": 3.0}, figure("moons")]
    grader.hold = True
    async with app(grader).run_test(size=(200, 60)) as pilot:
        await practise(pilot)
        await pilot.press("f5")
        await settle(pilot, shows(pilot, "Judging: ██████████░░░░░░░░░░ 1 of 2", "─ loss 0.138", "moons"))
        await pilot.press("escape")
        await settle(pilot, shows(pilot, "Stopped. Press F5 to judge.", "─ loss 0.138", "moons"))
        grader.hold = False
        await pilot.press("f5")
        await settle(pilot, shows(pilot, "Error: 0 of", "─ loss 0.138", "earlier runs"))
