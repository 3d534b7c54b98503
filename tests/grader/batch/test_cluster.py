"""What becomes of a class on workers that refuse, die, return, or are killed by an answer. No network: a stand-in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec
import pytest

from grader.batch.chunk import Chunk, Task
from grader.batch.cluster import ClusterEngine, ClusterError, Outcome
from grader.batch.errand import Errand, Reply, Terms
from grader.grading import Cancel
from grader.questions.sheet import Answer
from grader.records.verdict import Verdict
from grader.submission import Submission
from lessons.schema import Course

KILLS, LETHAL = "kills", 4
"""The source that kills its worker, and how many the scheduler lets it have."""


class Workers:
    """A cluster. why: by worker, why it refuses. again: whether dead ones come back, elsewhere. given_up: whether the
    scheduler gives up on what has killed several."""

    def __init__(self, *there: str, again: bool = False, given_up: bool = True) -> None:
        self.there, self.again, self.given_up = list(there), again, given_up
        self.why: dict[str, str] = {}
        self.turns_bad_after = -1
        self.sent: dict[str, tuple[str, bytes, list[str]]] = {}
        self.judged: Counter[str] = Counter()
        self.by: set[str] = set()
        self.deaths = self.count = 0

    def workers(self) -> set[str]:
        return set(self.there)

    def send(self, what: str, data: bytes, workers: Iterable[str]) -> str:
        self.count += 1
        self.sent[str(self.count)] = what, data, list(workers)
        return str(self.count)

    def drop(self, name: str) -> None:
        self.sent.pop(name, None)

    def news(self, seconds: float) -> tuple[str, Outcome] | None:
        for name, (what, data, workers) in list(self.sent.items()):
            if able := [one for one in self.there if one in workers]:
                del self.sent[name]
                if what == "refusal":
                    return name, Outcome(self.why.get(able[0], "").encode())
                if (outcome := self._run(msgspec.json.decode(data, type=Errand), able)) is not None:
                    return name, outcome
                self.sent[name] = what, data, workers  # and nobody is left that could do it
        return None

    def _run(self, errand: Errand, able: list[str]) -> Outcome | None:
        names = [str(one.source) for one in errand.answers]
        if any(KILLS in name for name in names):
            for place, one in enumerate(able):
                self.there.remove(one)
                self.deaths += 1
                if self.again:
                    self.there.append(f"{one}'")
                if self.given_up and place + 1 == LETHAL:
                    return Outcome(why="one worker after another died while it had it")
            return None
        if self.turns_bad_after == 0:
            self.turns_bad_after, self.why[able[0]] = -1, "its course is another one"
            return Outcome(msgspec.json.encode(Reply(refusal="its course is another one")))
        self.turns_bad_after -= 1
        self.judged.update(names)
        self.by.add(able[0])
        verdicts = [Verdict(exercise=errand.exercise, score=1, max=2, parts=(), status="failed") for _ in names]
        return Outcome(msgspec.json.encode(Reply(verdicts)))


TERMS = Terms(course="", states={}, seed=1, versions={})


def chunks(course: Course, *sizes: int, kills: tuple[int, ...] = ()) -> Iterator[Chunk]:
    """As many answers in each; those with these numbers, counted through, kill."""
    exercise, number = course.exercises[1], 0
    for size in sizes:
        tasks = []
        for _ in range(size):
            source = f"{KILLS} {number}" if number in kills else f"answer {number}"
            answer = Answer(source=source, parts=exercise.parts, seed=1, given={}, nonce=1, randomness=1)
            tasks.append(Task(f"learner {number}", Submission(exercise, source), "d", answer))
            number += 1
        yield Chunk(exercise, "state", tuple(tasks))


def judged(workers: Workers, some: Iterator[Chunk]) -> tuple[dict[str, Verdict], list[str]]:
    """By learner, the verdict; and what was said. Nobody has two."""
    said: list[str] = []
    engine = ClusterEngine(workers, TERMS, said.append, look=0.0, patience=0.0)
    found: dict[str, Verdict] = {}
    for chunk, verdicts in engine.judged(some, Cancel()):
        for task, verdict in zip(chunk.tasks, verdicts, strict=True):
            assert task.learner not in found
            found[task.learner] = verdict
    return found, said


def test_every_answer_is_judged_once_and_who_refuses_gets_none(small_course: Course) -> None:
    workers = Workers("a", "b", "c")
    workers.why["a"] = "it has torch 1.0, and this run needs 2.13"
    found, said = judged(workers, chunks(small_course, 12, 12, 5))
    assert len(found) == 29 and set(workers.judged.values()) == {1} and "a" not in workers.by
    assert said == ["a judges nothing: it has torch 1.0, and this run needs 2.13."]


@pytest.mark.parametrize("given_up", [True, False])
@pytest.mark.parametrize("kills", [(3,), (3, 4, 20)])
def test_what_kills_workers_again_and_again_is_one_line_and_stops_nothing(
    small_course: Course, kills: tuple[int, ...], given_up: bool
) -> None:
    workers = Workers("a", "b", "c", "d", "e", again=True, given_up=given_up)
    found, _ = judged(workers, chunks(small_course, 12, 12, 5, kills=kills))
    ours = {learner for learner, verdict in found.items() if verdict.status == "grader_error"}
    assert len(found) == 29 and ours == {f"learner {number}" for number in kills}
    assert set(workers.judged.values()) == {1} and len(workers.judged) == 29 - len(kills)
    assert all("died" in found[learner].parts[0].message for learner in ours)
    assert workers.deaths < 16 * (1 + len(kills)), "it ends"


def test_a_cluster_that_cannot_judge_is_a_sentence(small_course: Course) -> None:
    with pytest.raises(ClusterError, match="no worker for 0 s"):
        judged(Workers(), chunks(small_course, 2))
    with pytest.raises(ClusterError, match="no worker for"):
        judged(Workers("a", given_up=False), chunks(small_course, 2, kills=(0,)))
    refusing = Workers("a")
    refusing.why["a"] = "it has no course /c"
    with pytest.raises(ClusterError, match="No worker may judge this class: it has no course /c"):
        judged(refusing, chunks(small_course, 2))
    assert judged(Workers(), chunks(small_course))[0] == {}, "nothing to do needs nobody"


def test_a_worker_that_turns_out_to_be_another_is_left_and_its_errand_goes_on(small_course: Course) -> None:
    workers = Workers("a", "b")
    workers.turns_bad_after = 2
    found, said = judged(workers, chunks(small_course, 2, 2, 2, 2, 2, 2))
    assert len(found) == 12 and all(verdict.status == "failed" for verdict in found.values())
    assert said == ["a judges nothing: its course is another one."] and "b" in workers.by
