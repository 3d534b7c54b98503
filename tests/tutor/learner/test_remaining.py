"""The time that is left, from what was read and what was passed."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.records.verdict import Status
from lessons.loading.loader import load_course
from lessons.schema import Lesson
from tutor.learner.events import Attempt, Opened
from tutor.learner.progress import Progress
from tutor.learner.remaining import in_words, minutes_left, total_left

COURSE = load_course(Path(__file__).parents[1] / "course")
SLOPES, READING = COURSE.lessons


def passed(progress: Progress, part: str, score: float = 1.0, status: Status = "passed") -> None:
    progress.record(Attempt(exercise="double", part=part, status=status, score=score, max=1.0, seed=1))


def read(progress: Progress, lesson: Lesson, *cards: int) -> None:
    for card in cards:
        progress.record(Opened(lesson=lesson.id, card=card))


def test_all_of_it_is_left_at_the_start() -> None:
    assert (minutes_left(SLOPES, Progress()), minutes_left(READING, Progress())) == (5, 2)
    assert total_left(COURSE.lessons, Progress()) == 7


def test_half_of_the_time_is_for_reading_where_there_are_exercises() -> None:
    progress = Progress()
    read(progress, SLOPES, 0, 1, 2)
    assert minutes_left(SLOPES, progress) == 2  # 2.5, rounded
    read(progress, READING, 0)
    assert minutes_left(READING, progress) == 1


def test_a_card_that_the_lesson_has_no_longer_counts_for_nothing() -> None:
    progress = Progress()
    read(progress, SLOPES, 7)
    assert minutes_left(SLOPES, progress) == 5


def test_nothing_is_left_of_what_is_done_though_cards_were_skipped() -> None:
    progress = Progress()
    for part in SLOPES.exercises[0].parts:
        passed(progress, part.id)
    read(progress, READING, 1)
    assert total_left(COURSE.lessons, progress) == 0


def test_something_is_left_of_what_is_nearly_done() -> None:
    progress = Progress()
    read(progress, SLOPES, 0, 1, 2)
    for part in SLOPES.exercises[0].parts:
        passed(progress, part.id, 0.9, "failed")
    assert minutes_left(SLOPES, progress) == 1


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(1, "1 min"), (59, "59 min"), (60, "1 h"), (62, "1 h"), (63, "1 h 5 min"), (118, "2 h"), (225, "3 h 45 min")],
)
def test_minutes_in_words(minutes: int, words: str) -> None:
    assert in_words(minutes) == words
