"""What is done on another machine: the very same as here, or nothing, for a reason that is said."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from grader import secret
from grader.batch import errand
from grader.batch.chunk import Chunk, Task, judge, state_of
from grader.batch.errand import Errand, Reply, Terms, errand_of, judged, refusal, terms_of
from grader.grading import Grader
from grader.questions.sheet import Answer
from grader.records.given import Given
from grader.records.verdict import Verdict
from grader.submission import Submission
from lessons.loading.loader import load_course
from lessons.schema import Course

SEED = 5
TINY = Path(__file__).parents[2] / "tutor" / "course"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    shutil.copytree(TINY, tmp_path / "course")
    return load_course(tmp_path / "course")


@pytest.fixture(autouse=True)
def bench(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A worker's process that has just been started. No test here runs code, so none has a zygote."""
    monkeypatch.setenv("DL_TUTOR_COURSE", "")
    monkeypatch.setattr(errand, "_bench", errand._Bench())
    yield
    os.environ.pop("DL_TUTOR_COURSE", None)


def terms(course: Course) -> Terms:
    return terms_of(course, {one.id: state_of(one, SEED) for one in course.exercises}, SEED)


def chunk(course: Course, given: dict[str, Given]) -> Chunk:
    """An answer without code: nothing is run for it."""
    exercise = course.exercises[0]
    answer = Answer(source=None, parts=exercise.parts, seed=SEED, given=given, nonce=7, randomness=8)
    return Chunk(exercise, state_of(exercise, SEED), (Task("ada", Submission(exercise, None), "d", answer),))


def plain(verdict: Verdict) -> Verdict:
    return msgspec.structs.replace(verdict, seconds=0.0, scale=msgspec.UNSET)


def test_a_worker_judges_as_this_machine_does(course: Course, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    exercise = course.exercises[0]
    (first, second, *_) = [part.id for part in exercise.parts if part.kind == "numeric"]
    issued = secret.issue(exercise.id, first, 12)
    one = chunk(course, {first: Given(1, issued), second: Given(1, 77)})
    here = judge(Grader(), exercise, one.answers)
    sent = errand_of(one, terms(course))
    monkeypatch.setenv("DL_TUTOR_HOME", str(tmp_path / "elsewhere"))  # another machine has another secret
    assert not secret.issued(exercise.id, first, issued)
    reply = msgspec.json.decode(judged(sent), type=Reply)
    assert not reply.refusal and list(map(plain, reply.verdicts)) == list(map(plain, here))
    parts = {part.part: part for part in reply.verdicts[0].parts}
    assert parts[first].status == "failed" and parts[second].status == "skipped"
    assert os.environ["DL_TUTOR_COURSE"] == str(course.path), "its folder is closed to learners' code"


def test_what_travels_is_text(course: Course) -> None:
    sent = errand_of(chunk(course, {}), terms(course))
    one = msgspec.json.decode(sent, type=Errand)
    assert list(one.terms.states) == [course.exercises[0].id] and one.answers[0].source is None


def test_another_course_or_version_is_refused(course: Course) -> None:
    good = terms(course)
    for terms_, why in (
        (replace(good, versions={**good.versions, "torch": "9"}), r"it has torch 2\.\d+\.\d+, and this run needs 9"),
        (replace(good, course="/nowhere/course"), "it has no course /nowhere/course"),
        (replace(good, seed=SEED + 1), f"is another one: {course.exercises[0].id} is not the same"),
        (replace(good, states={"unheard-of": "x"}), "unheard-of is not the same"),
    ):
        said = refusal(msgspec.json.encode(terms_)).decode()
        assert re.search(why, said), said
    (course.exercises[0].folder / "prompt.md").write_text("Do something else.\n")
    reply = msgspec.json.decode(judged(errand_of(chunk(load_course(course.path), {}), good)), type=Reply)
    assert not reply.refusal
    (course.exercises[0].folder / "prompt.md").write_text("Do it.\n")
    stale = Chunk(course.exercises[0], good.states[course.exercises[0].id], chunk(course, {}).tasks)
    reply = msgspec.json.decode(judged(errand_of(stale, good)), type=Reply)
    assert "is another one" in reply.refusal and reply.verdicts == []


def test_a_worker_without_the_layers_says_so_and_one_with_them_nothing(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    for says in ("", "Nothing was run: level 1 only."):
        monkeypatch.setattr(Grader, "refusal", lambda self, says=says: says)
        assert refusal(msgspec.json.encode(terms(course))).decode() == says.rstrip(".")


def test_nothing_is_raised_through_the_cluster(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RecursionError("deep\n" * 1000)

    monkeypatch.setattr(errand, "judge", broken)
    reply = msgspec.json.decode(judged(errand_of(chunk(course, {}), terms(course))), type=Reply)
    assert reply.fault.startswith("RecursionError: deep deep") and len(reply.fault) < 400
    monkeypatch.setattr(Grader, "refusal", broken)
    assert refusal(msgspec.json.encode(terms(course))).startswith(b"RecursionError")
