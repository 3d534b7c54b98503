"""The last verdict on each part is there again; a file that cannot be read is none."""

from __future__ import annotations

import msgspec
import pytest

from grader.records.verdict import PartVerdict, Verdict
from lessons.loading.loader import load_course
from lessons.schema import Exercise
from tests.tutor.screen import COURSE
from tutor.learner import last_verdict
from tutor.learner.last_verdict import keep, kept, of_part, with_newest


@pytest.fixture
def exercise() -> Exercise:
    return load_course(COURSE).exercises[0]


def verdict(*parts: str, seed: int = 1) -> Verdict:
    judged = tuple(PartVerdict(part=one, kind="code", status="failed", score=0, max=1) for one in parts)
    return Verdict(exercise="double", score=0, max=1, status="failed", parts=judged, seed=seed)


def test_the_newest_verdict_on_a_part_holds() -> None:
    verdicts = with_newest(with_newest(with_newest((), verdict("code")), verdict("slope")), verdict("code", seed=2))
    assert len(verdicts) == 2
    newest = of_part(verdicts, "code")
    assert newest is not None and newest.seed == 2
    assert of_part(verdicts, "slope") is not None and of_part(verdicts, "area") is None
    both = with_newest(with_newest((), verdict("code", "area")), verdict("code", seed=2))
    assert [one.seed for one in both] == [1, 2]  # the first still holds for the other part


def test_what_is_kept_comes_back(exercise: Exercise) -> None:
    assert kept(exercise) == ()
    verdicts = (verdict("code"), verdict("slope"))
    keep(exercise, verdicts)
    assert kept(exercise) == verdicts


def test_a_part_that_the_course_has_no_more_and_a_broken_file_are_left_out(exercise: Exercise) -> None:
    keep(exercise, (verdict("code"), verdict("gone")))
    assert [one.parts[0].part for one in kept(exercise)] == ["code"]
    for data in (b"{", msgspec.json.encode([1]), b"\xff"):
        last_verdict.path_of(exercise).write_bytes(data)
        assert kept(exercise) == ()


def test_a_folder_that_cannot_be_written_is_no_error(exercise: Exercise) -> None:
    folder = last_verdict.path_of(exercise).parent
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file")
    keep(exercise, (verdict("code"),))
    assert kept(exercise) == ()
