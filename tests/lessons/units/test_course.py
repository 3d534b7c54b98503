"""The course itself: it loads, it is sound, its demos run and measure what they state."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.grading import Grader
from grader.proof import vocabulary
from lessons.data import mirror
from lessons.lint.linter import lint, waivers
from lessons.loading.loader import load_course
from lessons.schema import Demo
from tutor.authoring.numbers import of_demo

ROOT = Path(__file__).parents[3]
COURSE = load_course(ROOT / "lessons" / "units")
DEMOS = [demo for lesson in COURSE.lessons for demo in lesson.demos]


def test_the_course_is_sound() -> None:
    assert [str(problem) for problem in lint(COURSE, names=vocabulary.names())] == []


def test_little_is_waived() -> None:
    """Random matrices, transposed, are as random; two questions are about square matrices, and points of the plane have
    two coordinates; pictures are square and have one colour."""
    assert [(waiver.where, waiver.rule) for waiver in waivers(COURSE)] == [
        ("cube-norms.cube", "trivial-transposed"),
        ("cube-norms.eigenvalues", "shapes"),
        ("odd-places.reshape", "shapes"),
        ("relu-neuron.repaired", "shapes"),
        ("direct-gradient.direct", "shapes"),
        ("tiny-gradients.points", "shapes"),
        ("full-cost.cost", "shapes"),
        ("sgd-step.step", "shapes"),
    ]


@pytest.mark.parametrize("demo", DEMOS, ids=[f"{demo.lesson}/{demo.id}" for demo in DEMOS])
def test_a_demo_measures_what_it_states(demo: Demo, grader: Grader, data_sets: Path) -> None:
    named = mirror.mentioned(demo.source)
    here = "stand-in" if any(mirror.state(data, data_sets) == "stand-in" for data in named) else "real"
    expected = ["ok" if fact.of in (None, here) else "skipped" for fact in demo.facts] or ["ok"]
    found = of_demo(demo, grader)
    assert [fact.verdict for fact in found] == expected, found
