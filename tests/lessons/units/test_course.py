"""The course itself: it loads, it is sound, its demos run and measure what they state."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from grader.proof import vocabulary
from grader.provision import provide
from lessons.data import mirror
from lessons.lint.linter import lint, waivers
from lessons.loading.loader import load_course
from lessons.schema import Demo
from tutor.authoring.numbers import compared

ROOT = Path(__file__).parents[3]
COURSE = load_course(ROOT / "lessons" / "units")
DEMOS = [demo for lesson in COURSE.lessons for demo in lesson.demos]

RUN = """
import json, runpy, sys, types
from grader.sandbox.packages import torchvision_without_cuda
torchvision_without_cuda.install()
tutor, live = types.ModuleType("tutor"), types.ModuleType("tutor.live")
tutor.live = live
sys.modules |= {"tutor": tutor, "tutor.live": live}
for path in sys.argv[1:]:
    logged = {}
    live.log = lambda values, step=None: logged.update(values)
    live.progress = lambda items, total=None: items
    runpy.run_path(path, run_name="__main__")
    print("LOGGED", json.dumps(logged))
"""


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory, data_sets: Path) -> dict[Path, dict[str, Any]]:
    """What each demo logs; they run one after another in one process, which imports torch once. The data sets that they
    name lie where a run in the sandbox sees them: in `data`."""
    paths = [demo.path for demo in DEMOS]
    folder = tmp_path_factory.mktemp("demos")
    provide(tuple(path.read_text(encoding="utf-8") for path in paths), data_sets)
    (folder / "data").symlink_to(data_sets)
    env = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "MPLBACKEND": "Agg"}
    command = [sys.executable, "-c", RUN, *map(str, paths)]
    run = subprocess.run(command, env=env, cwd=folder, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    lines = [line.removeprefix("LOGGED ") for line in run.stdout.splitlines() if line.startswith("LOGGED ")]
    return {path: json.loads(line) for path, line in zip(paths, lines, strict=True)}


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
def test_a_demo_measures_what_it_states(demo: Demo, logged: dict[Path, dict[str, Any]], data_sets: Path) -> None:
    named = mirror.mentioned(demo.path.read_text(encoding="utf-8"))
    here = "stand-in" if any(mirror.state(data, data_sets) == "stand-in" for data in named) else "real"
    for fact in demo.facts:
        verdict = compared(demo.id, fact, logged[demo.path], here=here).verdict
        assert (fact.measured, verdict) == (fact.measured, "ok" if fact.of in (None, here) else "skipped")
