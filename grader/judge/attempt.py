"""One answer judged: the learner's file is loaded, and each part's cases are played to it and compared."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import msgspec

from grader.judge.checks import check_of, speed_check
from grader.judge.findings.behaviour import STATE
from grader.judge.hints import whole
from grader.judge.logged import plotted_curves
from grader.judge.probe import probed
from grader.judge.properties import Property
from grader.judge.reference import ReferenceFault
from grader.judge.rehearsal import Rehearsals
from grader.judge.scoring import part_verdict
from grader.judge.speed import REPETITIONS, timing
from grader.judge.style import Used, first_used
from grader.judge.trial import Deviation, Trial, deviation, require_sound, unrun
from grader.judge.worker_handle import WorkerHandle, WorkerLost
from grader.protocol.messages import Limit
from grader.protocol.outcome import Outcome
from grader.protocol.steps import USED
from grader.records.job import HandIn, Job, PartJob
from grader.records.verdict import Check, Diagnosis, PartVerdict, Status
from grader.spec.rng import stream
from grader.spec.script import Case

EXPERIMENT = "experiment"
"""The kind of part whose curves are looked at."""
LOAD_CPU, LOAD_WALL = 8.0, 42.0
"""Seconds for the learner's imports and top-level code. The host adds up what it waits, see grader.sandbox.account."""
WATCHED = 3
"""How many times its budget a part may take while the calls of forbidden functions are listened to."""
OWN_WALL = 30.0
"""Seconds of wall time for what the reference computes between the calls of properties and of timing."""


class Attempt:
    """Judges the parts of one answer."""

    def __init__(self, job: Job, answer: HandIn, rehearsals: Rehearsals, worker: WorkerHandle) -> None:
        self.job, self.answer, self.rehearsals, self.worker = job, answer, rehearsals, worker
        self.reference = rehearsals.reference
        self.loaded = False
        self.loading = Outcome()
        self.spent: WorkerLost | None = None
        """How loading the file ended the worker, if it did: it would do so again."""

    def _limit(self, cpu: float | None, wall: float = 0.0, *, loading: bool = False, measured: bool = True) -> None:
        self.worker.line.send(Limit(cpu=cpu, wall=wall, loading=loading, measured=measured))

    # --- the learner's file ---

    def _load(self, part: PartJob, cases: list[Case]) -> Outcome:
        """Has the worker run the learner's file, where it has not yet; meanwhile the reference plays the part's cases.

        Raises WorkerLost and ReferenceFault.
        """
        if self.spent is not None:
            raise self.spent
        try:
            self.worker.fetch()
            self._limit(LOAD_CPU, LOAD_WALL, loading=True)
            answer = self.answer
            self.worker.load(answer.source, self.job.name, answer.randomness, self.job.fixtures)
            for case in cases:
                if part.kind == EXPERIMENT or self.worker.answered:
                    break
                self._trial(part, case)
            outcome = self.worker.answer()
        except WorkerLost as lost:
            self.spent = lost
            raise
        self._limit(None)
        self.loaded = True
        return outcome

    # --- a part ---

    def part(self, part: PartJob) -> tuple[PartVerdict, list[Trial]]:
        """The verdict on a part, and the trials that it rests on. Raises ReferenceFault."""
        cases = self.rehearsals.cases(part.id, self.answer.seed)
        if not self.loaded:
            try:
                self.loading = self._load(part, cases)
            except WorkerLost as lost:
                return _whole(part, lost.status, lost.message, lost.where), []
        if self.loading.raised is not None:
            raised = self.loading.raised
            status: Status = "memory" if raised.memory else "error"
            place = f" ({raised.where})" if raised.where else ""
            said = f"Your file raised an error while it was being loaded: {raised.sentence}{place}"
            return _whole(part, status, said, raised.where), []
        trials = [self._trial(part, case) for case in cases]
        shown: list[Trial] = []
        beside: list[Check] = []
        own = self.reference.parts[part.id].properties or any(case.slower for case in cases)
        self._limit(part.seconds, 5 * part.seconds + 2 + (OWN_WALL if own else 0))
        try:
            if part.kind == EXPERIMENT:
                self.worker.logged()  # by what ran before: the file's top level, a case that was played again
            for trial in trials:
                self._play(trial)
                if part.kind == EXPERIMENT:
                    trial.logged = self.worker.logged()
            again = self._again(trials[0], part)
            beside = self._timed(part, trials)
        except WorkerLost as lost:
            self.loaded = False
            trial.lost = (lost.status, lost.message, lost.where)
            if part.kind == EXPERIMENT:
                trial.logged = self.worker.logged()
            again = None
        else:
            found, shown = self._properties(part)
            beside += found
        self._limit(None)
        used = self._used(part, trials) if self.loaded else None
        verdict = self._verdict(part, trials, beside, used)
        if again is not None and verdict.status == "passed":
            checks = (*verdict.checks, again)
            verdict = msgspec.structs.replace(verdict, checks=checks, status="failed", score=0.0)
        if self.answer.probed and verdict.status == "passed":
            verdict = probed(verdict, self.rehearsals, part, trials, self.answer)
        return msgspec.structs.replace(verdict, curves=plotted_curves(trials)), trials + shown

    def _verdict(self, part: PartJob, trials: list[Trial], beside: list[Check], used: Used | None) -> PartVerdict:
        """What the trials are worth. What cannot be judged because of what the learner's values are, has failed.

        Raises ReferenceFault, and whatever is raised over the reference's own values too.
        """
        try:
            return part_verdict(self.rehearsals, part, trials, beside, self.answer, used)
        except ReferenceFault:
            raise
        except Exception as error:
            sound = [replace(one, got=one.expected, lost=None, logged=one.reference_logged) for one in trials]
            part_verdict(self.rehearsals, part, sound, [], self.answer)
            return _whole(part, "failed", f"What your code returned cannot be judged ({type(error).__name__}).")

    def _trial(self, part: PartJob, case: Case) -> Trial:
        """A case with what the reference yields for it. Raises ReferenceFault."""
        precise, recorded = part.precision == "float64", part.kind == EXPERIMENT
        expected, logged = self.rehearsals.expected(case, precise=precise, recorded=recorded)
        require_sound(self.reference, case, expected)
        return Trial(case, expected, reference_logged=logged)

    def _play(self, trial: Trial) -> None:
        self.worker.begin()
        for step in trial.case.steps:
            trial.got.append(self.worker.play(step))

    def _again(self, first: Trial, part: PartJob) -> Check | None:
        """The first case once more: a result that depends on how often one asks is no result."""
        if first.case.scripted or not first.case.steps[0].compare:
            return None
        second = Trial(first.case, first.got)
        self._play(second)
        if first.got[0].raised is not None:
            return None
        try:
            found = deviation(second, second.got, first.got, part.operation, part.outputs)
        except TypeError:  # what cannot be compared has failed the first time already
            return None
        if found is None:
            return None
        label = f"{first.case.label}, once more"
        message = f"The same input gave a different result the second time: {found.message}"
        named = (Diagnosis(name=STATE.name, message=STATE.summary),)
        return msgspec.structs.replace(check_of(label, 0.0, found, message), diagnosis=named, hint=STATE.hint)

    # --- what is looked at beside the cases ---

    def _used(self, part: PartJob, trials: list[Trial]) -> Used | None:
        """What code that gives the right values calls of what it is to do without, and on which line; the first of it.

        It runs slower than the others under that watch, so that what ends it says nothing.
        """
        if not part.forbid or any(_wrong(part, trial) for trial in trials):
            return None
        self._limit(WATCHED * part.seconds, WATCHED * (5 * part.seconds + 2), measured=False)
        try:
            for trial in trials[:1] if part.kind == EXPERIMENT else trials:
                self.worker.begin()
                for step in trial.case.steps:
                    heard = self.worker.play(step, part.forbid).seen.get(USED)
                    if first := first_used(heard, part.forbid):
                        return first
        except WorkerLost:
            self.loaded = False
        finally:
            self._limit(None)
        return None

    def _timed(self, part: PartJob, trials: list[Trial]) -> list[Check]:
        """A check for each case whose time is limited, where its values are right. May raise WorkerLost."""
        checks = []
        for number, trial in enumerate(trials):
            limit = trial.case.slower
            if limit is None or _wrong(part, trial):
                continue
            timed = [Trial(self._fresh(part, number, again), []) for again in range(REPETITIONS)]
            found = timing((partial(self._play, one), partial(self._expect, one)) for one in timed)
            wrong = (_wrong(part, one) for one in timed)
            first = next((one for one in wrong if one is not None), None)
            label, weight = f"{trial.case.label}: time", trial.case.weight
            if first is not None:
                checks.append(check_of(label, weight, first, f"While it was timed: {first.message}"))
            else:
                checks.append(speed_check(label, weight, found, limit, part))
        return checks

    def _fresh(self, part: PartJob, number: int, again: int) -> Case:
        """A case as drawn from another seed, so that an answer that was kept is of no use."""
        seed = stream(self.answer.seed, "time", str(again))
        return self.rehearsals.cases(part.id, seed)[number]

    def _expect(self, trial: Trial) -> None:
        trial.expected = self.rehearsals.afresh(trial.case)

    def _properties(self, part: PartJob) -> tuple[list[Check], list[Trial]]:
        """A check for each property, and the trials that show where one does not hold."""
        checks: list[Check] = []
        shown: list[Trial] = []

        def play(case: Case) -> Trial:
            trial = self._trial(part, case)
            self._play(trial)
            return trial

        for mark, function in self.reference.parts[part.id].properties:
            label = mark.label
            if not self.loaded:
                checks.append(unrun(label, mark.weight, "failed", "Not run: your code had been stopped before."))
                continue
            tried = Property(mark, function, self.rehearsals, part, self.answer.seed, play)
            try:
                check, trial = tried.check()
            except WorkerLost as lost:
                self.loaded = False
                said = f"{tried.place}: {lost.message}"
                check, trial = unrun(label, mark.weight, lost.status, said, lost.where), None
            checks.append(check)
            shown += [trial] if trial is not None else []
        return checks, shown


def _wrong(part: PartJob, trial: Trial) -> Deviation | None:
    """Where the values leave the reference's first."""
    return deviation(trial, trial.got, trial.expected, part.operation, part.outputs)


def _whole(part: PartJob, status: Status, message: str, where: str | None = None) -> PartVerdict:
    return PartVerdict(
        part=part.id,
        kind=part.kind,
        status=status,
        score=0.0,
        max=part.points,
        message=message,
        where=where,
        opens=whole(part, status, message),
    )
