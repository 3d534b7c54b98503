"""What is known of a concept comes of what was judged, and comes back when FSRS says so."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest

from lessons.schema import Course, Exercise, Part
from tests.tutor.learner.plan import at, course, exercise, lesson, log
from tutor.learner import mastery
from tutor.learner.events import AnyEvent, Attempt, Hint, Opened, Review, Solution
from tutor.learner.progress import Progress

ONE = exercise("one", "slope")
TRIED = Attempt(exercise="one", part="a", status="failed", score=0, max=2, seed=1)
PASSED = msgspec.structs.replace(TRIED, status="passed", score=2)
SECOND = msgspec.structs.replace(PASSED, part="b")
ASKED = Hint(exercise="one", part="a", rung=0)
TOLD = Solution(exercise="one", gave_up=True)


@pytest.mark.parametrize(
    ("events", "how"),
    [
        ([PASSED, SECOND], "first try"),
        ([TRIED, PASSED, SECOND], "after some tries"),
        ([PASSED, TRIED, SECOND], "first try"),  # a part that was passed is played with
        ([TRIED, ASKED, PASSED, SECOND], "with hints"),
        ([TRIED, ASKED, TOLD, PASSED, SECOND], "after the solution"),
        ([TOLD], "after the solution"),
        ([PASSED, SECOND, ASKED, TOLD], "first try"),  # who has passed may look
    ],
)
def test_how_an_exercise_was_passed(events: list[AnyEvent], how: str) -> None:
    progress = Progress()
    log(progress, *events)
    (found,) = mastery.evidence(ONE, progress)
    assert found.how == how
    assert mastery.evidence(ONE, Progress()) == [found]  # in another process too


def test_only_what_is_judged_is_evidence() -> None:
    progress = Progress()
    log(progress, Opened(lesson="first", card=0), TRIED, ASKED, PASSED, Solution(exercise="one", gave_up=False))
    assert mastery.evidence(ONE, progress) == []  # the second part is open
    assert mastery.concepts(course(lesson("first", ONE)), progress) == []


def test_an_essay_alone_is_no_evidence_and_does_not_keep_it_back() -> None:
    essay = Part(id="essay", kind="explain", covers=["E1.1.1"], points=1)
    progress = Progress()
    log(progress, PASSED, SECOND)
    with_essay = msgspec.structs.replace(ONE, parts=(*ONE.parts, essay))
    assert len(mastery.evidence(with_essay, progress)) == 1
    assert mastery.evidence(msgspec.structs.replace(ONE, parts=(essay,)), progress) == []


def stability(*events: AnyEvent) -> mastery.Concept:
    progress = Progress()
    log(progress, *events)
    (one,) = mastery.concepts(plan(ONE), progress, at(1))
    return one


def plan(*exercises: Exercise) -> Course:
    return course(lesson("first", *exercises))


def test_what_was_hard_comes_back_sooner(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    found = []
    for events in ([PASSED, SECOND], [TRIED, PASSED, SECOND], [ASKED, PASSED, SECOND], [TOLD]):
        monkeypatch.setenv("DL_TUTOR_HOME", str(tmp_path_factory.mktemp("home")))
        found.append(stability(*events))
    days = [(one.due - at(0)).days for one in found]
    assert days == sorted(days, reverse=True) and len(set(days)) >= 3 and days[-1] == 1
    assert [one.recall for one in found] == sorted((one.recall for one in found), reverse=True)


def test_a_review_in_time_makes_it_stay_longer_and_a_failed_one_brings_it_back() -> None:
    progress = Progress()
    log(progress, PASSED, SECOND)
    (before,) = mastery.concepts(plan(ONE), progress, at(9))
    log(progress, *(Review(exercise="one", review="r", done=one) for one in (None, PASSED)), day=9)
    assert mastery.open_review(ONE, progress) == "r"
    (same,) = mastery.concepts(plan(ONE), progress, at(9))
    assert same == before  # it is not at its end
    log(progress, Review(exercise="one", review="r", done=SECOND), day=9)
    (after,) = mastery.concepts(plan(ONE), progress, at(10))
    assert after.stability > 2 * before.stability and after.due - at(9) > before.due - at(0)
    assert mastery.open_review(ONE, progress) is None and mastery.last_review(ONE, progress) == "r"
    log(progress, Review(exercise="one", review="s", done=TOLD), day=40)
    (lost,) = mastery.concepts(plan(ONE), progress, at(40))
    assert lost.stability < after.stability and lost.due < at(45)
    assert progress.part("one", "a").passed and not progress.solution_shown("one")  # what was reached stays


def test_evidence_of_two_exercises_is_added_up() -> None:
    other = exercise("two", "slope", "line", parts=("a",))
    progress = Progress()
    log(progress, PASSED, SECOND)
    log(progress, msgspec.structs.replace(PASSED, exercise="two"), day=3)
    slope, line = mastery.concepts(plan(ONE, other), progress, at(4))
    assert [one.exercise for one in slope.evidence] == ["one", "two"] and [len(line.evidence), line.id] == [1, "line"]
    assert slope.stability > line.stability


def test_a_moment_that_cannot_be_read_is_the_beginning_of_time() -> None:
    assert mastery.moment_of("yesterday").year == 1970
    assert mastery.moment_of("2026-01-01T00:00:00") == datetime(2026, 1, 1, tzinfo=UTC)
    assert mastery.moment_of("2026-01-01T02:00:00+02:00").tzinfo is UTC
