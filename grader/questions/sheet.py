"""An answer while it is judged: what is to be run of it, and what has come of its parts so far."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from msgspec import UNSET

from grader import secret
from grader.questions import answers as values
from grader.questions.sampling import QuestionFault
from grader.records.given import Given
from grader.records.job import HandIn, HintRung, Job, PartJob
from grader.records.verdict import DataUse, Output, PartVerdict, Sandbox, Status, Verdict, worst
from grader.spec.rng import stream
from lessons.loading.source import text_of
from lessons.schema import RUN_KINDS, Exercise, Part

CHOSEN = "its numbers were not issued here; open the question here, or say --trust-numbers to judge it on what it names"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is handed in for some parts. given: the answers to parts that take a value.

    seed: what the verdict prints. nonce: what inputs are drawn from, the seed itself unless it says otherwise.
    randomness: what the worker draws from, something made from the nonce unless it says otherwise.
    trusted: whether answers say which numbers their questions had, also where these were not issued here.
    """

    source: str | None
    parts: tuple[Part, ...]
    seed: int
    given: Mapping[str, Given]
    probed: int = 0
    """For how many seeds the linter's questions are asked of it, see grader.judge.probe; 0 asks none."""
    near: bool = True
    """Whether near misses are looked for, see grader.judge.near_miss."""
    nonce: int | None = None
    randomness: int | None = None
    trusted: bool = False

    @classmethod
    def of(
        cls,
        exercise: Exercise,
        seed: int,
        *,
        source: str | None,
        given: Mapping[str, Given],
        parts: Sequence[Part] | None = None,
        trusted: bool = False,
    ) -> Answer:
        """An answer that somebody hands in, to all parts or some: what its inputs are drawn from is this machine's
        secret, unless the seed is one that nobody can guess."""
        return cls(
            source=source,
            given=given,
            parts=exercise.parts if parts is None else tuple(parts),
            seed=seed,
            nonce=secret.inputs(seed, exercise.id),
            randomness=secret.number("worker", exercise.id, seed),
            trusted=trusted,
        )


class Sheet:
    """Parts that take a value are judged at once; parts that this machine cannot judge are skipped.

    unfit: why a part cannot be judged here, or nothing.
    """

    def __init__(self, exercise: Exercise, answer: Answer, unfit: Callable[[Part], str]) -> None:
        self.exercise, self.answer = exercise, answer
        self.began = time.perf_counter()
        self.judged: dict[str, PartVerdict] = {}
        self.output = Output()
        self.data: tuple[DataUse, ...] = ()
        self.cpu = 0.0
        ready: list[Part] = []
        for part in answer.parts:
            if part.kind not in RUN_KINDS:
                self.judged[part.id] = _value(exercise, part, answer.given.get(part.id), answer.trusted)
            elif why := unfit(part):
                self.judged[part.id] = _whole(part, "skipped", f"Skipped: it {why}.")
            elif not (answer.source or "").strip():
                self.judged[part.id] = _whole(part, "failed", "Nothing handed in yet: the file is empty or absent.")
            else:
                ready.append(part)
        self.ready = tuple(ready)
        """The parts whose judge runs code."""

    def hand_in(self) -> HandIn:
        """The file, and the parts that are to be run of it."""
        source = self.source.encode("utf-8", "replace").decode()  # what is no text cannot be sent, nor compiled
        answer, parts = self.answer, tuple(map(part_job, self.ready))
        nonce = answer.seed if answer.nonce is None else answer.nonce
        randomness = stream(nonce, self.exercise.id, "worker") if answer.randomness is None else answer.randomness
        return HandIn(
            source=source, seed=nonce, randomness=randomness, parts=parts, probed=answer.probed, near=answer.near
        )

    @property
    def source(self) -> str:
        return self.answer.source or ""

    def take(self, parts: Iterable[PartVerdict]) -> None:
        """Takes in verdicts on its parts."""
        self.judged.update((part.part, part) for part in parts)

    def fail(self, why: str) -> None:
        """There is no verdict on what runs code, and that is no fault of the learner's."""
        self.take(_whole(part, "grader_error", why) for part in self.ready)

    def verdict(self, *, sandbox: Sandbox, versions: dict[str, str], scale: float) -> Verdict:
        """What has come of it by now."""
        parts = tuple(self.judged[part.id] for part in self.answer.parts if part.id in self.judged)
        return Verdict(
            exercise=self.exercise.id,
            score=round(sum(part.score for part in parts), 2),
            max=sum(part.max for part in parts),
            parts=parts,
            status=worst([part.status for part in parts]),
            output=self.output,
            seconds=round(time.perf_counter() - self.began, 4),
            seed=self.answer.seed,
            sandbox=sandbox,
            versions=versions,
            data=self.data,
            scale=scale if scale > 1 else UNSET,
        )


def _whole(part: Part, status: Status, message: str) -> PartVerdict:
    return PartVerdict(part=part.id, kind=part.kind, status=status, score=0.0, max=float(part.points), message=message)


def part_job(part: Part) -> PartJob:
    """A part that runs code, as its judge is told of it."""
    return PartJob(
        id=part.id,
        kind=part.kind,
        entry=part.entry or "",
        outputs=tuple(part.outputs),
        points=float(part.points),
        seconds=part.budget.seconds,
        operation=part.operation,
        precision=part.precision,
        forbid=tuple(part.forbid),
        hints=tuple(HintRung(when=hint.when, text=hint.text) for hint in part.hints if hint.when),
    )


def job_of(exercise: Exercise, answers: Iterable[HandIn]) -> Job:
    """Files to be judged by an exercise, whose reference is read now. Raises LessonError."""
    return Job(
        exercise=exercise.id,
        path=str(exercise.folder.resolve() / exercise.reference.name),
        reference=text_of(exercise.reference),
        fixtures=text_of(exercise.fixtures),
        name=f"{exercise.id}.py",
        entries={part.id: part.entry or "" for part in exercise.parts if part.kind in RUN_KINDS},
        answers=tuple(answers),
    )


def _value(exercise: Exercise, part: Part, given: Given | None, trusted: bool) -> PartVerdict:
    nonce = given.nonce if given is not None and part.kind == "numeric" else None
    chosen = _whole(part, "skipped", f"Skipped: {CHOSEN}.")
    if nonce is not None and not 0 <= nonce < secret.BEYOND:
        return chosen
    try:
        verdict = values.judge(exercise, part, given)
    except QuestionFault as fault:
        return _whole(part, "grader_error", f"The exercise itself is at fault: {fault}")
    return verdict if nonce is None or trusted or secret.issued(exercise.id, part.id, nonce) else chosen
