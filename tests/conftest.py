"""One zygote for each test process, and small exercises written where a test needs them."""

from __future__ import annotations

import gc
import os
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from grader import secret
from grader.grading import Grader
from lessons.loading.loader import load_exercise
from lessons.schema import Exercise

# how long it takes to make an example and to try it says how busy the machine is
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy")

# where nothing compiled may be kept, as in many containers, each worker and each zygote compiles all of this anew
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_finish() -> None:
    """What is imported and collected stays to the end: no collection of garbage looks through it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)


def pytest_sessionfinish() -> None:
    gc.unfreeze()  # else libraries complain at the very end of what was never collected


@pytest.fixture(scope="session", autouse=True)
def data_sets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Stand-ins are made once for all tests, whichever home they have."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "data-sets"
    os.environ["DL_TUTOR_DATA"] = str(folder)
    return folder


@pytest.fixture(scope="session", autouse=True)
def user_data(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where programs keep a user's data: the tests put nothing into the home of who runs them.

    The secret of the machine is always the same one, so that what small seeds draw is the same in every run.
    """
    folder = tmp_path_factory.getbasetemp() / "user-data"
    os.environ["XDG_DATA_HOME"] = str(folder)
    (folder / "dl-tutor").mkdir(parents=True)
    (folder / "dl-tutor" / "secret").write_bytes(bytes(range(secret.SIZE)))


@pytest.fixture(scope="session")
def grader(data_sets: Path, user_data: None) -> Iterator[Grader]:
    with Grader() as one:
        one.warm()
        yield one


@pytest.fixture
def exercise_of(tmp_path: Path) -> Callable[..., Exercise]:
    """Writes an exercise with one part, by default of code, `entry` f, from the text of a reference.py."""

    def write(reference: str, *, kind: str = "code", entry: str = "f", extra: str = "", fixtures: str = "") -> Exercise:
        folder = tmp_path / "small"
        folder.mkdir(exist_ok=True)
        (folder / "exercise.yaml").write_text(
            "id: small\ntitle: Small\nparts:\n"
            f"  - id: one\n    kind: {kind}\n    covers: [E1.1.1]\n    entry: {entry}\n    points: 4\n"
            + textwrap.indent(textwrap.dedent(extra), "    ")
        )
        (folder / "prompt.md").write_text("Do it.\n")
        (folder / "starter.py").write_text(f"def {entry}():\n    raise NotImplementedError\n")
        (folder / "reference.py").write_text(textwrap.dedent(reference))
        if fixtures:
            (folder / "fixtures.py").write_text(textwrap.dedent(fixtures))
        return load_exercise(folder)

    return write
