"""Hints with a condition: not there before it came, on the screen as in plain lines."""

from __future__ import annotations

from grader.records.verdict import PartVerdict, Status, Verdict
from lessons.loading.loader import load_course
from lessons.schema import Exercise
from tests.tutor.process import start, tutor
from tests.tutor.screen import COURSE, SMALL, app, practise, settle, shows, text
from tutor.learner.progress import Progress
from tutor.practice import hints

RAISES = "def random_bits(shape, generator=None):\n    return 1 / 0\n"
CONDITIONAL = "Read the last line of the exception"


def double() -> Exercise:
    found = load_course(COURSE).exercise("double")
    assert found is not None
    return found


def judged(status: Status, *opens: str) -> Verdict:
    part = PartVerdict(part="code", kind="code", status=status, score=0, max=2, opens=opens)
    return Verdict(exercise="double", score=0, max=2, parts=(part,), status=status)


def numbers(progress: Progress) -> list[int]:
    exercise = double()
    return [rung.number for rung in hints.ladder(progress, exercise, exercise.parts[0]).rungs]


def test_a_hint_is_there_while_the_last_verdict_meets_its_condition() -> None:
    progress, exercise = Progress(), double()
    assert numbers(progress) == [0, 2]
    hints.record_shown(progress, exercise, judged("error", "error"))
    assert numbers(progress) == numbers(Progress()) == [0, 1, 2]
    hints.record_shown(progress, exercise, judged("failed"))
    assert numbers(progress) == numbers(Progress()) == [0, 2]


def test_a_hint_that_was_shown_stays() -> None:
    progress, exercise = Progress(), double()
    part = exercise.parts[0]
    hints.record_shown(progress, exercise, judged("error", "error"))
    assert [hints.open_next(progress, exercise, part) for _ in range(2)][1].hint.when == "error"  # type: ignore[union-attr]
    hints.record_shown(progress, exercise, judged("failed"))
    ladder = hints.ladder(progress, exercise, part)
    assert [name for name, _ in ladder.told] == ["Hint 1 of 3", "Hint 2 of 3"]
    assert ladder.left == "1 more hint, which is the solution."


def test_the_command_shows_a_hint_only_once_its_condition_came() -> None:
    before = [tutor("hint", "random-bits.bits") for _ in range(5)]
    assert "3 more hints, the last one is the solution." in before[0].err
    assert "all 4 hints have been shown." in before[4].err
    assert CONDITIONAL not in "".join(one.out for one in before)
    start("random-bits", RAISES)
    tutor("grade", "random-bits")  # the verdict tells it
    after = tutor("hint", "random-bits.bits")
    assert "all 5 hints have been shown." in after.err and CONDITIONAL in after.out


async def test_the_screen_shows_a_hint_only_once_its_condition_came() -> None:
    async with app().run_test(size=SMALL) as pilot:
        await practise(pilot)
        await pilot.press("f3")
        await settle(pilot, shows(pilot, "Hint 1 of 2", "1 more hint, which is the solution"))
        assert "Nothing is returned yet." not in text(pilot.app.screen)
        await pilot.press("f5")  # the starter raises
        await settle(pilot, shows(pilot, "Hint 1 of 3", "Hint 2 of 3"))
