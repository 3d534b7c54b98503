"""What travels to another machine and back, data only; and what is done there.

Text of learners goes out, verdicts come back, both as JSON. A course does not travel: it is there already, by the same
version of dl-tutor or at the path that `--course` names, and its exercises are compared before anything is judged.
"""

from __future__ import annotations

import os
import sys
import threading
from importlib import metadata
from pathlib import Path

import msgspec
from msgspec.structs import replace

from grader import secret
from grader.batch.chunk import Chunk, judge, state_of
from grader.grading import Grader, Refused, SandboxError
from grader.questions.sheet import Answer
from grader.records.given import Given
from grader.records.printable import one_line
from grader.records.verdict import Verdict
from lessons.error import LessonError
from lessons.loading.loader import load_course
from lessons.location import UNITS
from lessons.schema import Course, Exercise

QUOTED = 300
"""Characters of an exception that are told."""


class Terms(msgspec.Struct, frozen=True):
    """What a machine must be like so that its verdicts are those that the client would come to.

    course: its folder, "" for the one that comes with dl-tutor. states: by exercise, see `state_of`.
    """

    course: str
    states: dict[str, str]
    seed: int
    versions: dict[str, str]
    allow_level_1: bool = False


class Carried(msgspec.Struct, frozen=True):
    """An answer as it travels. strange: parts whose numbers were not issued on the client's machine."""

    source: str | None
    given: dict[str, Given]
    strange: list[str]
    nonce: int
    randomness: int


class Errand(msgspec.Struct, frozen=True):
    """Answers to an exercise; the terms have its state alone."""

    terms: Terms
    exercise: str
    answers: list[Carried]


class Reply(msgspec.Struct, frozen=True):
    """Verdicts in the order of the answers; or why this process may not judge, or why judging failed: both without a
    full stop. Nothing is raised through the cluster: it loses exceptions that are large."""

    verdicts: list[Verdict] = []
    refusal: str = ""
    fault: str = ""


def versions() -> dict[str, str]:
    """Of what verdicts depend on. Builds of the same version of torch count as the same."""
    found = {name: metadata.version(name).partition("+")[0] for name in ("dl-tutor", "torch", "numpy")}
    return {**found, "Python": f"{sys.version_info[0]}.{sys.version_info[1]}"}


def terms_of(course: Course, states: dict[str, str], seed: int, *, allow_level_1: bool = False) -> Terms:
    """The terms of a class's run."""
    folder = course.path.absolute()
    return Terms("" if folder == UNITS.absolute() else str(folder), states, seed, versions(), allow_level_1)


def errand_of(chunk: Chunk, terms: Terms) -> bytes:
    """A chunk as it travels, under the terms of its run."""
    own = replace(terms, states={chunk.exercise.id: chunk.by})
    answers = [_carried(chunk.exercise, answer) for answer in chunk.answers]
    return msgspec.json.encode(Errand(own, chunk.exercise.id, answers))


def _carried(exercise: Exercise, answer: Answer) -> Carried:
    assert answer.nonce is not None and answer.randomness is not None
    strange = [
        part
        for part, given in answer.given.items()
        if given.nonce is not None and not answer.trusted and not secret.issued(exercise.id, part, given.nonce)
    ]
    source = None if answer.source is None else answer.source.encode("utf-8", "replace").decode()
    return Carried(source, dict(answer.given), strange, answer.nonce, answer.randomness)


class _Bench:
    """What a worker's process keeps between errands: a course and a zygote, which ends with the process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.folder: str | None = None
        self.grader: Grader | None = None
        self.course: Course | None = None

    def set_up(self, terms: Terms) -> tuple[Course, Grader]:
        """The course, and the grader under whose walls it is hidden. Raises LessonError, OSError."""
        if self.folder != terms.course or self.grader is None or self.course is None:
            if self.grader is not None:
                self.grader.close()
            self.folder, self.grader, self.course = None, None, None
            os.environ.pop("DL_TUTOR_COURSE", None)
            if terms.course:
                os.environ["DL_TUTOR_COURSE"] = terms.course
            self.course = load_course(Path(terms.course) if terms.course else UNITS)
            self.grader, self.folder = Grader(), terms.course
        self.grader.allow_level_1 = terms.allow_level_1
        return self.course, self.grader

    def forget(self) -> None:
        """The course is read again at the next errand."""
        self.course = None


_bench = _Bench()


def refusal(terms: bytes) -> bytes:
    """Why this process does not judge under these terms, or nothing; its zygote waits then. Runs on the worker."""
    try:
        with _bench.lock:
            wanted = msgspec.json.decode(terms, type=Terms)
            why = _refusal(wanted)
            if not why:
                why = _bench.set_up(wanted)[1].refusal().rstrip(".")
    except Exception as error:
        why = _told(error)
    return why.encode("utf-8", "replace")


def judged(errand: bytes) -> bytes:
    """The reply to an errand. Runs on the worker."""
    try:
        with _bench.lock:
            reply = _judged(msgspec.json.decode(errand, type=Errand))
    except Exception as error:
        reply = Reply(fault=_told(error))
    return msgspec.json.encode(reply)


def _judged(one: Errand) -> Reply:
    if why := _refusal(one.terms):
        return Reply(refusal=why)
    course, grader = _bench.set_up(one.terms)
    exercise = course.named(one.exercise)
    assert exercise is not None  # its state has been compared
    answers = [_answer(exercise, carried, one.terms.seed) for carried in one.answers]
    try:
        return Reply(judge(grader, exercise, answers))
    except Refused as error:
        return Reply(refusal=str(error).rstrip("."))


def _told(error: Exception) -> str:
    text = one_line(str(error)[:QUOTED]).rstrip(".")
    return text if isinstance(error, SandboxError) else f"{type(error).__name__}: {text}"


def _refusal(terms: Terms) -> str:
    for name, wanted in terms.versions.items():
        if (own := versions()[name]) != wanted:
            return f"it has {name} {own}, and this run needs {wanted}"
    place = terms.course or "that comes with dl-tutor"
    try:
        course, _ = _bench.set_up(terms)
        for name, state in terms.states.items():
            exercise = course.named(name)
            if exercise is None or state_of(exercise, terms.seed) != state:
                _bench.forget()
                return f"its course {place} is another one: {name} is not the same"
    except LessonError as error:
        return f"it has no course {place}: {error}"
    except OSError as error:
        return f"it has no course {place}: {error.strerror}"
    return ""


def _answer(exercise: Exercise, carried: Carried, seed: int) -> Answer:
    """Which numbers were issued to whom has been said by the client's machine; a nonce that cannot be stands for those
    that were not."""
    given = {
        part: Given(one.value, secret.BEYOND) if part in carried.strange else one for part, one in carried.given.items()
    }
    return Answer(
        source=carried.source, given=given, parts=exercise.parts, seed=seed, nonce=carried.nonce,
        randomness=carried.randomness, trusted=True,
    )  # fmt: skip
