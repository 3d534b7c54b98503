"""Progress: saved means saved, and no file of the learner's is ever overwritten."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from grader.records.verdict import Check, PartVerdict, Status, Verdict
from lessons.schema import Card, Course, Exercise, Lesson, Part, Unit
from tutor.learner.events import Attempt, DemoRun, Hint, Opened, Solution
from tutor.learner.progress import Progress, ProgressError

NOWHERE = Path("nowhere")


def exercise(id: str, *parts: str) -> Exercise:
    return Exercise(
        id=id,
        lesson="l",
        unit="u",
        title=id,
        concepts=(),
        needs=(),
        waive={},
        folder=NOWHERE,
        parts=tuple(Part(id=part, kind="code", covers=["E1.1.1"], points=2) for part in parts),
    )


def lesson(id: str, *exercises: Exercise, cards: int = 2) -> Lesson:
    return Lesson(
        id=id,
        unit="u",
        title=id,
        minutes=5,
        needs=(),
        concepts=(),
        demos=(),
        cards=tuple(Card(title=f"card {n}", blocks=()) for n in range(cards)),
        exercises=exercises,
        path=NOWHERE,
    )


def course(*lessons: Lesson) -> Course:
    unit = Unit(id="u", title="u", lessons=lessons, numbers=(), path=NOWHERE)
    return Course(id="c", title="c", units=(unit,), coverage={}, path=NOWHERE)


def attempt(exercise: str, part: str, status: Status = "passed", score: float = 2.0) -> Attempt:
    return Attempt(exercise=exercise, part=part, status=status, score=score, max=2.0, seed=1)


# --- what is asked --------------------------------------------------------------------------------


def test_the_best_attempt_counts() -> None:
    progress = Progress()
    progress.record(attempt("a", "x", "failed", 1.0))
    progress.record(attempt("a", "x", "error", 0.0))
    assert (progress.part("a", "x").status, progress.part("a", "x").attempts) == ("failed", 2)
    progress.record(attempt("a", "x"))
    progress.record(attempt("a", "x", "failed", 1.5))
    assert progress.part("a", "x").passed
    assert Progress().parts() == progress.parts()


def failed(label: str, status: Status = "failed") -> Verdict:
    checks = (
        Check(label="fine", status="passed", score=1.0, max=1.0),
        Check(label=label, status=status, score=0.0, max=1.0, message="0.3 where 0.7 was expected"),
    )
    part = PartVerdict(part="x", kind="code", status=status, score=1.0, max=2.0, checks=checks)
    return Verdict(exercise="a", score=1.0, max=2.0, parts=(part,), status=status)


def test_stuck_is_who_fails_twice_in_the_same_way() -> None:
    progress = Progress()
    for verdict, stuck in [
        (failed("one"), False),
        (failed("one"), True),
        (failed("one", "timeout"), False),
        (failed("two"), False),
        (failed("two"), True),
        (failed("two"), True),
    ]:
        progress.attempt(verdict)
        assert progress.stuck("a", "x") == stuck and Progress().stuck("a", "x") == stuck
    progress.record(attempt("a", "x"))
    assert not progress.stuck("a", "x")
    progress.record(attempt("a", "x"))
    assert not progress.stuck("a", "x") and not progress.stuck("a", "y")


def test_what_is_next() -> None:
    one, two = exercise("a", "x", "y"), exercise("b", "x")
    plan = course(lesson("empty", cards=3), lesson("first", one), lesson("second", two))
    progress = Progress()
    assert progress.next_lesson(plan) == plan.lesson("empty")
    for card in range(3):
        progress.record(Opened(lesson="empty", card=card))
    assert progress.next_lesson(plan) == plan.lesson("first")
    progress.record(attempt("a", "x"))
    assert progress.exercise(one).standing == "begun" and progress.exercise(one).score == 2
    progress.record(attempt("a", "y"))
    progress.record(attempt("b", "x"))
    assert progress.next_lesson(plan) is None


def test_the_tour_is_next_only_while_nothing_else_was_begun() -> None:
    tour, other = lesson("tour"), lesson("other")
    whole = msgspec.structs.replace(course(tour, other), tour=tour)
    progress = Progress()
    assert progress.empty and progress.next_lesson(whole) == tour
    progress.record(Opened(lesson="other", card=0))
    assert not progress.empty and progress.next_lesson(whole) == other
    progress.record(Opened(lesson="other", card=1))
    assert progress.next_lesson(whole) == tour  # the last that is left


def test_the_last_card() -> None:
    progress = Progress()
    assert progress.last_card("l") == 0
    for name, card in (("l", 0), ("l", 3), ("m", 1), ("l", 2)):
        progress.record(Opened(lesson=name, card=card))
    again = Progress()
    assert again.last_card("l") == 2 and again.cards("l") == {0, 2, 3}


def test_hints_solutions_and_demos() -> None:
    progress = Progress()
    for rung in (0, 2, 2):
        progress.record(Hint(exercise="a", part="x", rung=rung))
    progress.record(Solution(exercise="a", gave_up=True))
    progress.record(DemoRun(lesson="l", demo="d"))
    again = Progress()
    assert again.rungs("a", "x") == {0, 2} and again.part("a", "x").hints == 2
    assert again.gave_up("a") and again.solution_shown("a") and not again.solution_shown("b")
    assert again.demo_ran("l", "d")


def test_a_question_keeps_its_nonce() -> None:
    progress = Progress()
    nonce = progress.nonce("a", "x")
    assert progress.nonce("a", "x") == nonce == Progress().nonce("a", "x")
    assert progress.nonce("a", "y") != nonce


def test_two_at_once_draw_one_question() -> None:
    app, command = Progress(), Progress()
    assert app.nonce("a", "x") == command.nonce("a", "x")


def test_what_was_not_handed_in_or_could_not_be_judged_is_no_attempt() -> None:
    def part(id: str, status: Status, *checks: Check) -> PartVerdict:
        return PartVerdict(part=id, kind="code", status=status, score=0, max=2, checks=checks)

    wrong = Check(label="case 1", status="failed", score=0, max=1)

    progress = Progress()
    verdict = Verdict(
        exercise="a",
        score=0,
        max=8,
        status="grader_error",
        parts=(part("x", "grader_error"), part("y", "failed", wrong), part("z", "skipped"), part("w", "failed")),
    )
    assert progress.attempt(verdict)
    assert list(progress.parts()) == [("a", "y")]


def test_one_process_sees_what_the_other_saves() -> None:
    app, command = Progress(), Progress()
    assert command.record(attempt("a", "x")) and app.record(attempt("a", "y"))
    app.refresh()
    assert app.part("a", "x").passed and app.part("a", "y").attempts == 1


# --- export and import ----------------------------------------------------------------------------


def test_export_and_import_merge_in_any_order(tmp_path: Path) -> None:
    one, two = Progress(tmp_path / "1"), Progress(tmp_path / "2")
    one.record(attempt("a", "x", "failed", 1.0))
    one.nonce("a", "q")
    two.record(attempt("a", "x"))
    two.nonce("a", "q")
    first, second = list(one.export()), list(two.export())
    assert one.merge(second) == (2, 0)
    assert two.merge(first) == (2, 0)
    assert two.merge(first) == (0, 2)
    assert one.parts() == two.parts() and one.part("a", "x").attempts == 2
    assert one.nonce("a", "q") == two.nonce("a", "q")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"format":9}\n', "line 1: format 9 of dl-tutor; this dl-tutor reads format 1. Update"),
        ("hello\n", "line 1: not a header of exported progress"),
        ('{"format":1}\n{"id":"a","at":"b","event":{"event":"dance"}}\n', "line 2: not an event"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_taken_in(text: str, says: str) -> None:
    progress = Progress()
    with pytest.raises(ProgressError, match=says):
        progress.merge(text.splitlines())
    assert progress.parts() == {}
