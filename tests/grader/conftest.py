"""Exercises of any parts, written where a test needs them."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from lessons.loading.loader import load_exercise
from lessons.schema import Course, Exercise, Lesson, Unit

Written = Callable[..., Exercise]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Writes an exercise from the YAML of its parts and the texts of its other files; loads it."""

    def write(parts: str, *, id: str = "asked", **files: str) -> Exercise:
        folder = tmp_path / "exercises" / id
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "exercise.yaml").write_text(f"id: {id}\ntitle: Asked\nparts:\n{textwrap.dedent(parts)}")
        (folder / "prompt.md").write_text("Do it.\n")
        for name, text in files.items():
            (folder / f"{name}.py").write_text(textwrap.dedent(text))
        return load_exercise(folder)

    return write


@pytest.fixture
def course_of() -> Callable[..., Course]:
    """Makes a course of one lesson with these exercises."""

    def make(*exercises: Exercise) -> Course:
        lesson = Lesson(
            id="making",
            unit="tensors",
            title="Making",
            minutes=10,
            needs=(),
            concepts=(),
            cards=(),
            demos=(),
            exercises=exercises,
            path=Path("making"),
        )
        unit = Unit(id="tensors", title="Tensors", lessons=(lesson,), numbers=(), path=Path("tensors"))
        return Course(id="small", title="Small", units=(unit,), coverage={}, path=Path("small"))

    return make


TWO_KINDS = """
  - {id: code, kind: code, covers: [E1.1.1], entry: f, points: 2}
  - id: why
    kind: choice
    covers: [E1.1.1]
    text: Which?
    options: [{id: one, right: true, text: One}, {id: two, text: Two, why: No.}]
"""
DOUBLE = """
    from grader.spec import alternative, case, cases, mistake

    def f(x):
        return 2 * x

    @cases
    def vectors(rng):
        yield case(x=rng.normal(3), label="three numbers")

    @alternative
    def adds(x):
        return x + x

    @mistake("squares", "Squares.", hint="What is the double of 3?")
    def squares(x):
        return x * x
"""
STARTER = "def f(x):\n    raise NotImplementedError\n"


@pytest.fixture
def small_course(written: Written, course_of: Callable[..., Course]) -> Course:
    """`doubling` (a code part and a choice) and `halving` (a code part)."""
    one = TWO_KINDS.split("  - id: why")[0]
    return course_of(
        written(TWO_KINDS, id="doubling", reference=DOUBLE, starter=STARTER),
        written(one, id="halving", reference=DOUBLE.replace("2 * x", "x / 2"), starter=STARTER),
    )
