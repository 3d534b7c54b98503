"""The end of a lesson: what is open is offered before the next lesson, and nothing is passed over unasked."""

from __future__ import annotations

from tests.tutor.screen import SMALL, app, settle, shows, text
from tutor.learner.events import Attempt, Opened
from tutor.learner.progress import Progress
from tutor.practice.session import LearningSession
from tutor.screens.lesson_end import LessonEndScreen
from tutor.screens.practice import PracticeScreen


async def test_a_lesson_ends_with_what_is_open() -> None:
    progress = Progress()
    for card in (0, 2):
        progress.record(Opened(lesson="slopes", card=card))
    one = app()
    async with one.run_test(size=SMALL) as pilot:
        await settle(pilot, shows(pilot, "Next: Twice as much"))
        one.open_lesson(one.session.course.lessons[0], 2)
        await settle(pilot, shows(pilot, "card 3 of 3"))
        await pilot.press("n")
        await settle(pilot, shows(pilot, "The end of: Slopes", "2 of 3 cards read. 1 exercise is still open."))
        await settle(pilot, shows(pilot, "[ ] Twice as much   0 of 7 points", "Next lesson: Only to be read"))
        await pilot.press("escape")
        await settle(pilot, shows(pilot, "card 3 of 3"))
        await pilot.press("n", "enter")
        await settle(pilot, lambda: isinstance(one.screen, PracticeScreen))
        await pilot.press("f1")
        await settle(pilot, shows(pilot, "│  Exercise", "F5"))  # the help begins with this screen
        await pilot.press("escape", "alt+n")
        await settle(pilot, lambda: isinstance(one.screen, PracticeScreen))  # there is no other exercise
        await pilot.press("escape")
        await settle(pilot, shows(pilot, "card 3 of 3"))
        await pilot.press("n", "n")
        await settle(pilot, shows(pilot, "Only to be read", "card 1 of 2"))
        await pilot.press("end", "n")
        await settle(pilot, shows(pilot, "The end of: Only to be read", "It has no exercises. This is the last"))
        await pilot.press("n", "escape")
        await settle(pilot, shows(pilot, "card 2 of 2"))


async def test_after_the_last_lesson_there_is_no_next_one() -> None:
    one = app()
    async with one.run_test(size=SMALL) as pilot:
        await settle(pilot, shows(pilot, "Twice as much"))
        await one.push_screen(LessonEndScreen(one.session, one.session.course.lessons[0], None))
        await settle(pilot, shows(pilot, "1 exercise is still open. This is the last"))
        assert "next lesson" not in text(one.screen)


def test_what_is_unfinished_is_looked_for_from_here_on_and_then_from_the_start() -> None:
    from tests.tutor.learner.plan import course, exercise, lesson

    one, two, three = (exercise(name, parts=("a",)) for name in ("one", "two", "three"))
    progress = Progress()
    session = LearningSession(course(lesson("first", one, two), lesson("second", three)), progress, lambda: None)  # type: ignore[arg-type, return-value]
    assert session.unfinished(one) == two and session.unfinished(three) == one
    for done in (one, two):
        progress.record(Attempt(exercise=done.id, part="a", status="passed", score=2, max=2, seed=1))
    assert session.unfinished(one) == three and session.unfinished(three) is None
    first, second = session.course.lessons
    assert session.following(first) == second and session.following(second) is None
