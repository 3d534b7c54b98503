"""The queue of reviews, and a review that leaves alone what was reached before."""

from __future__ import annotations

import msgspec
import pytest

from lessons.schema import Course, Exercise
from tests.tutor.learner.plan import at, course, exercise, lesson, log
from tutor.learner import mastery, review
from tutor.learner.events import Attempt, Hint, Review, Solution
from tutor.learner.progress import Progress


def passed(one: Exercise) -> Attempt:
    return Attempt(exercise=one.id, part="a", status="passed", score=2, max=2, seed=1)


def one_part(id: str, *concepts: str, lesson: str) -> Exercise:
    return exercise(id, *concepts, lesson=lesson, parts=("a",))


BASE = one_part("base", "slope", lesson="first")
ALSO = one_part("also", "line", lesson="first")
BOTH = one_part("both", "slope", "curve", lesson="second")
APART = one_part("apart", "colour", lesson="third")
PLAN: Course = course(
    lesson("first", BASE, ALSO), lesson("third", APART), lesson("second", BOTH, needs=["first"]), lesson("last")
)


def ids(progress: Progress, day: float) -> list[str]:
    return [one.exercise.id for one in review.queue(PLAN, progress, at(day))]


def test_nothing_is_due_before_something_was_learned_and_again_after_days() -> None:
    progress = Progress()
    assert ids(progress, 0) == []
    log(progress, passed(BASE))
    assert ids(progress, 1) == [] and ids(progress, 30) == ["base"]
    following = review.upcoming(mastery.concepts(PLAN, progress, at(1)), at(1))
    assert following is not None and following.id == "slope"


def test_as_few_as_have_all_concepts_mixed_and_nothing_before_what_it_builds_on() -> None:
    progress = Progress()
    for one in (BASE, ALSO, BOTH, APART):
        log(progress, passed(one))
    due = review.queue(PLAN, progress, at(60))
    # `both` has the concept of `base` too; `also` comes first, what stands apart between the two
    assert [(one.exercise.id, one.concepts) for one in due] == [
        ("also", ("line",)),
        ("apart", ("colour",)),
        ("both", ("slope", "curve")),
    ]
    assert due[0].since < at(60)


def test_of_two_that_would_do_the_one_longest_ago_comes() -> None:
    twin = one_part("twin", "slope", lesson="first")
    plan = course(lesson("first", BASE, twin))
    progress = Progress()
    log(progress, passed(twin))
    log(progress, passed(BASE), day=1)
    assert [one.exercise.id for one in review.queue(plan, progress, at(60))] == ["twin"]


def test_a_circle_of_lessons_does_not_stop_it() -> None:
    plan = course(lesson("first", BASE, needs=["second"]), lesson("second", BOTH, needs=["first"]))
    progress = Progress()
    log(progress, passed(BASE), passed(BOTH))
    assert review.queue(plan, progress, at(60))


def test_a_review_has_a_progress_of_its_own_and_is_found_again() -> None:
    progress = Progress()
    progress.record(passed(BASE))
    progress.record(Hint(exercise="base", part="a", rung=0))
    name = review.begin(BASE, progress)
    own = review.progress_of(name, BASE, progress)
    assert own.part("base", "a").attempts == 0 and not own.rungs("base", "a")
    own.record(msgspec.structs.replace(passed(BASE), status="failed", score=0.0))
    own.record(Hint(exercise="base", part="a", rung=1))
    nonce = own.nonce("base", "a")
    assert nonce != progress.nonce("base", "a")

    whole = Progress()  # after a kill, say
    assert review.begin(BASE, whole) == name
    again = review.progress_of(name, BASE, whole)
    assert again.part("base", "a").status == "failed" and again.rungs("base", "a") == {1}
    assert again.nonce("base", "a") == nonce
    assert whole.part("base", "a").attempts == 1 and whole.rungs("base", "a") == {0}

    again.record(Solution(exercise="base", gave_up=True))
    whole.refresh()
    assert [one.how for one in mastery.evidence(BASE, whole)] == ["first try", "after the solution"]
    other = review.begin(BASE, whole)
    assert other != name and review.progress_of(other, BASE, whole).part("base", "a").attempts == 0
    assert review.folder(other) != review.folder(name)


def test_reviews_travel_with_an_export_and_follow_a_renamed_exercise() -> None:
    progress = Progress(former={"lesson": {}, "exercise": {"old": "base"}})
    log(progress, passed(BASE))
    log(progress, Review(exercise="old", review="r"), Review(exercise="old", review="r", done=passed(BASE)), day=9)
    assert len(mastery.evidence(BASE, progress)) == 2
    lines = list(progress.export())
    with pytest.raises(Exception, match="line 2: not an event"):
        progress.merge([lines[0], lines[2].replace('"review":"r"', '"review":"../../r"')])
    assert progress.merge(lines) == (0, 3)
