"""`dl-tutor review`: the queue, and an exercise once more with files, hints and answers of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.tutor.learner.plan import log
from tests.tutor.process import tutor
from tests.tutor.screen import COURSE, RIGHT
from tutor.learner import review, workspace
from tutor.learner.events import Attempt, Hint
from tutor.learner.progress import Progress

PARTS = ("code", "slope", "area", "words", "several", "table")
ENV: dict[str, Any] = {"DL_TUTOR_COURSE": str(COURSE)}


@pytest.fixture
def learned() -> None:
    """The one exercise of the tiny course was passed in March."""
    passed = (Attempt(exercise="double", part=part, status="passed", score=1, max=1, seed=1) for part in PARTS)
    log(Progress(), Hint(exercise="double", part="code", rung=0), *passed)


def test_who_has_learned_nothing_is_told_how_it_begins() -> None:
    assert tutor("review", **ENV).out.startswith("Nothing is due. What you pass comes back here")
    assert tutor("review", "start", **ENV).code == 1
    refused = tutor("review", "start", "double", **ENV)
    assert refused.code == 1 and "dl-tutor start double" in refused.err
    refused = tutor("review", "hint", "double", **ENV)
    assert refused.code == 1 and "dl-tutor review start double" in refused.err
    assert tutor("statistics", **ENV).out.startswith("Nothing yet")


def test_a_review_in_plain_lines(learned: None) -> None:
    assert "Begin: dl-tutor review start double" in tutor("review", **ENV).out
    assert [one["exercise"] for one in tutor("review", "--json", **ENV).data["due"]] == ["double"]
    mine = workspace.path_of(load())
    mine.parent.mkdir(parents=True)
    mine.write_text("# mine\n")
    begun = tutor("review", "start", **ENV)
    assert begun.out.strip() != str(mine) and "raise NotImplementedError" in Path(begun.out.strip()).read_text()
    assert "dl-tutor review answer double.slope OPTION" in begun.err and "predict" not in begun.err
    assert "What is $2" not in begun.err and "2 × 3" in tutor("review", "hint", "double.code", **ENV).out
    assert tutor("review", "answer", "double.slope", "one", **ENV).code == 1
    given_up = tutor("review", "solution", "double", **ENV)
    assert given_up.code == 1 and "dl-tutor review solution double --give-up" in given_up.err
    assert "(begun)" in tutor("review", **ENV).out
    shown = tutor("review", "solution", "double", "--give-up", **ENV)
    assert "2 * x" in shown.out and "Reviewed: after the solution. It comes back tomorrow." in shown.err
    assert mine.read_text() == "# mine\n"
    progress = Progress()
    assert progress.part("double", "slope").attempts == 1 and not progress.solution_shown("double")
    assert tutor("statistics", "--json", **ENV).data["passed"]["after the solution"] == 1


@pytest.mark.slow
def test_a_review_is_judged(learned: None) -> None:
    path = tutor("review", "start", "double", **ENV).out.strip()
    assert tutor("review", "grade", "double.code", **ENV).code == 1
    Path(path).write_text(RIGHT)
    assert tutor("review", "grade", "double.code", **ENV).code == 0
    own = review.progress_of(review.begin(load(), Progress()), load(), Progress())
    assert own.part("double", "code").attempts == 2 and Progress().part("double", "code").attempts == 1


def load() -> Any:
    from lessons.loading.loader import load_course

    return load_course(COURSE).exercises[0]
