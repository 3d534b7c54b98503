"""A card that waits for exercises says so, and opens to whoever has passed them - on the screen and in plain lines."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from lessons.loading.loader import load_course
from lessons.schema import Card, Prose
from tests.tutor.learner.test_progress import attempt, exercise, lesson
from tests.tutor.screen import COURSE, SMALL, app, settle, shows, text
from tutor.learner.earned import as_earned, missing
from tutor.learner.progress import Progress
from tutor.text.plain import lesson_lines

CARD = Card(title="Yours", blocks=(Prose(text="## Yours\n\nTake it."),), earned=("one", "two", "three"))


def test_it_opens_with_the_last_of_its_exercises() -> None:
    progress, made = Progress(), lesson("l", *(exercise(id, "code") for id in ("one", "two", "three", "four")))
    assert as_earned(made, msgspec.structs.replace(CARD, earned=()), progress).blocks == CARD.blocks
    (closed,) = as_earned(made, CARD, progress).blocks
    assert isinstance(closed, Prose)
    assert closed.text == "## Yours\n\nThis card opens when you have passed *one*, *two* and *three*."
    for id, left in (("two", ["one", "three"]), ("one", ["three"]), ("three", [])):
        progress.record(attempt(id, "code"))
        assert missing(made, CARD, progress) == left
    assert as_earned(made, CARD, progress) is CARD


@pytest.fixture
def earning(tmp_path: Path) -> Path:
    """The tiny course with a last card that waits for its exercise."""
    root = tmp_path / "earning"
    shutil.copytree(COURSE, root)
    file = next(root.rglob("1-slopes/lesson.md"))
    file.write_text(file.read_text() + "---\n:::earned double\n## Yours\n\nIt is called twice from now on.\n")
    return root


async def test_on_the_screen_and_in_plain_lines_alike(earning: Path) -> None:
    first = load_course(earning).lessons[0]
    assert "This card opens when you have passed" in "\n".join(lesson_lines(first, Progress(), 4))
    async with app(course=earning).run_test(size=SMALL) as pilot:
        await settle(pilot, shows(pilot, "Slopes"))
        await pilot.press("enter", "n", "n", "n")
        await settle(pilot, shows(pilot, "card 4 of 4", "This card opens when you have passed"))
        session = pilot.app.session  # type: ignore[attr-defined]
        for part in first.exercises[0].parts:
            session.progress.record(attempt("double", part.id, score=float(part.points)))
        await pilot.press("p", "n")
        await settle(pilot, shows(pilot, "It is called twice from now on."))
        assert "opens when" not in text(pilot.app.screen)
    assert "It is called twice from now on." in "\n".join(lesson_lines(first, Progress(), 4))
