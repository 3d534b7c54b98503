"""The curves of attempts: kept as files beside the learner's own, compared with, and bounded in number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from grader.records.verdict import LoggedCurve, PartVerdict, Sandbox, Verdict
from lessons.loading.loader import load_course
from lessons.schema import Exercise
from tests.tutor.screen import COURSE, LARGE, RIGHT, QuickGrader, app, practise, settle, shows
from tutor.learner import attempt_curves
from tutor.widgets.code_editor import CodeEditor
from tutor.widgets.curve_plot import CurvePlot


def exercise() -> Exercise:
    found = load_course(COURSE).exercise("double")
    assert found is not None
    return found


def verdict(seed: int = 7, values: tuple[float | str, ...] = (0.75, 0.5, "nan")) -> Verdict:
    curve = LoggedCurve(
        name="cost", steps=(0, 1, 2), values=values, reference_steps=(0, 1), reference_values=(0.75, 0.25)
    )
    part = PartVerdict(part="code", kind="experiment", status="failed", score=0, max=2, curves=(curve,))
    return Verdict(
        exercise="double",
        score=0,
        max=2,
        parts=(part,),
        status="failed",
        seed=seed,
        sandbox=Sandbox(level=1, layers=()),
    )


def test_an_attempt_is_kept_for_a_spreadsheet_and_for_us(home: Path) -> None:
    csv, json = attempt_curves.save(exercise(), verdict())
    assert csv.parent == home / "workspace" / "lines" / "slopes" / "curves" and csv.name.startswith("double-code.20")
    assert csv.read_text() == "step,cost,reference cost\n0,0.75,0.75\n1,0.5,0.25\n2,nan,\n"
    (code,) = [part for part in exercise().parts if part.id == "code"]
    (again,) = attempt_curves.earlier(exercise(), code, 3)
    assert list(again) == ["cost"] and again["cost"][:2] == [(0, 0.75), (1, 0.5)]
    json.write_text("{}")
    assert attempt_curves.earlier(exercise(), code, 3) == []


def test_the_last_attempts_are_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempt_curves, "KEPT", 3)
    for seed in range(10, 16):
        attempt_curves.save(exercise(), verdict(seed))
    names = sorted(path.name[-7:] for path in (home / "workspace").rglob("*.json"))
    assert names == ["13.json", "14.json", "15.json"]
    assert len(list((home / "workspace").rglob("*.csv"))) == 3


class TrainingGrader(QuickGrader):
    """Logs two cases live, and gives a verdict with curves."""

    def grade(self, *args: Any, **options: Any) -> Verdict:
        for values in ([0.9, 0.8], [0.75, 0.5]):
            for step, value in enumerate(values):
                event = {"type": "curve", "name": "cost", "steps": [step], "values": [value], "count": step + 1}
                options["on_event"](event)
        return verdict(values=(0.75, 0.5, 0.25))


@pytest.mark.slow
async def test_the_verdict_draws_the_courses_curve_over_the_learners(home: Path) -> None:
    attempt_curves.save(exercise(), verdict())
    async with app(TrainingGrader()).run_test(size=LARGE) as pilot:
        await practise(pilot)
        pilot.app.screen.query_one(CodeEditor).load_text(RIGHT)
        await pilot.press("f5")
        await settle(pilot, shows(pilot, "Not yet: 0 of 2 points"))
        plot = pilot.app.screen.query_one(CurvePlot)
        assert plot.summary() == ["cost 0.75 -> 0.25 in 2 steps", "the course's cost 0.75 -> 0.25 in 1 steps"]
        assert [earlier["cost"][0] for earlier in plot.earlier] == [(0, 0.75), (0, 0.9)]
        await settle(pilot, lambda: len(list((home / "workspace").rglob("*.csv"))) == 2)
