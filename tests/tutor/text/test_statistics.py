"""Days, time and concepts as they are counted and drawn; and what is said of reviews."""

from __future__ import annotations

import re

import pytest

from tests.tutor.learner.plan import at, course, exercise, lesson, log
from tutor.learner.events import AnyEvent, Attempt, Opened, Review
from tutor.learner.progress import Progress
from tutor.learner.statistics import days, statistics
from tutor.text import review as reviews
from tutor.text.statistics import statistics_lines, statistics_record

ONE = exercise("one", "slope", parts=("a",))
PLAN = course(lesson("first", ONE))
PASSED = Attempt(exercise="one", part="a", status="passed", score=2, max=2, seed=1)
FAILED = Attempt(exercise="one", part="a", status="failed", score=0, max=2, seed=1)


@pytest.fixture
def busy() -> Progress:
    """Three minutes on one day and a review nine days later."""
    progress = Progress()
    minute = 1 / 24 / 60
    opened = Opened(lesson="first", card=0)
    events: tuple[AnyEvent, ...] = (opened, FAILED, opened, PASSED)
    for place, event in enumerate(events):
        log(progress, event, day=place * minute)
    log(progress, opened, day=60 * minute)  # after a break
    log(progress, Review(exercise="one", review="r"), Review(exercise="one", review="r", done=PASSED), day=9)
    return progress


def test_a_day_has_the_time_between_events_that_are_near(busy: Progress) -> None:
    first, second = days(busy.journal.everything())
    assert (first.seconds, first.attempts, first.passed) == (180, 2, 1)
    assert (second.seconds, second.attempts, second.passed) == (1, 1, 1)


def test_the_page(busy: Progress) -> None:
    found = statistics(PLAN, busy, at(10))
    text = "\n".join(statistics_lines(PLAN, found))
    assert "3 min on 2 days since 2026-03-02; breaks are left out" in text
    assert "  ···█········▁·  the last" in text  # fourteen days
    assert "3 attempts, 2 passed" in text and "first try              1 ███" in text
    assert (
        "1 concept learned" in text
        and "Concepts due for review" in text
        and "slope" in text
        and "practised 2 times" in text
    )
    assert max(map(len, text.splitlines())) < 74  # it fits the page
    record = statistics_record(found)
    assert record["passed"]["after some tries"] == 1 and record["days"][0]["minutes"] == 3.0
    assert sum(record["due"].values()) == record["concepts"]["learned"] == 1


def test_one_is_said_in_the_singular() -> None:
    progress = Progress()
    log(progress, PASSED, day=0)
    text = "\n".join(statistics_lines(PLAN, statistics(PLAN, progress, at(0))))
    for said in ("on 1 day since", "1 attempt, 1 passed", "1 attempt in all, 1 passed", "1 concept learned"):
        assert said in text
    assert "practised 1 time," in text
    assert not re.search(r"(?<![\d.])1 \w+s\b", text)


def test_pages_without_anything() -> None:
    assert next(reviews.review_lines(PLAN, Progress(), at(0))).startswith("Nothing is due. What you pass comes back")
    assert next(statistics_lines(PLAN, statistics(PLAN, Progress(), at(0)))) == "Nothing yet"


def test_what_is_said_of_reviews(busy: Progress) -> None:
    (rest,) = reviews.review_lines(PLAN, busy, at(10))
    assert rest.startswith("Nothing is due. slope comes back in ")
    lines = list(reviews.review_lines(PLAN, busy, at(400)))
    assert lines[0] == "one: One" and lines[1].strip() == "slope"
    assert lines[-2:] == ["Due: 1 exercise, for 1 concept.", "Begin: dl-tutor review start one"]
    record = reviews.review_record(PLAN, busy, at(400))
    assert record["due"][0]["exercise"] == "one" and [one["how"] for one in record["concepts"][0]["evidence"]] == [
        "after some tries",
        "first try",
    ]
    said = reviews.outcome(PLAN, busy, ONE, "r")
    assert said is not None and said.startswith("Reviewed: first try. It comes back ")
    assert reviews.outcome(PLAN, busy, ONE, "another") is None


@pytest.mark.parametrize(
    ("days", "words"),
    [(-3, "now"), (0, "now"), (0.2, "tomorrow"), (1.5, "in 2 days"), (59, "in 59 days"), (90, "in 3 months")],
)
def test_when(days: float, words: str) -> None:
    assert reviews.when(at(days), at(0)) == words
