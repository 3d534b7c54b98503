"""A class judged on other machines: which workers may judge, what is under way, and what becomes of it where one dies.

How errands get to workers is a Carrier's matter. A worker is asked whether it judges as this machine would before it
gets anything. What a worker took along goes to another one; what several have died with is judged again answer by
answer, at the end and with nothing beside it. An answer that costs workers even then has a verdict: a fault of ours.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Protocol

import msgspec

from grader.batch.chunk import Chunk, Judged
from grader.batch.errand import Reply, Terms, errand_of, versions
from grader.grading import Cancel, Cancelled, SandboxError
from grader.questions.sheet import Sheet
from grader.records.printable import one_line
from grader.records.verdict import Sandbox, Verdict

DEEP = 2
"""Errands for each worker that are under way: one that it does, and one that it need not wait for."""
MOST = 3
"""How often an errand is sent again because all workers that it could go to have gone."""
KEPT = "What has been judged is kept: the same command goes on."


class ClusterError(SandboxError):
    """A cluster that cannot judge: what, where, and what to do."""


@dataclass(frozen=True)
class Outcome:
    """What has come of something that was sent. why: where there is no value, a sentence without its full stop."""

    value: bytes | None = None
    why: str = ""


class Carrier(Protocol):
    """Gets errands to workers, and what comes of them back."""

    def workers(self) -> set[str]:
        """The addresses of all workers that there are. Raises ClusterError where nobody answers any more."""
        ...

    def send(self, what: str, data: bytes, workers: Iterable[str]) -> str:
        """Has one of these workers do `what`, a function of grader.batch.errand; another of them where it dies. Gives a
        name for it, under which its outcome comes."""
        ...

    def news(self, seconds: float) -> tuple[str, Outcome] | None:
        """The next outcome, where one comes within these seconds."""
        ...

    def drop(self, name: str) -> None:
        """Its outcome is not waited for any more."""
        ...


@dataclass(frozen=True)
class _Sent:
    """A chunk under way. workers: those that it could go to. alone: whether nothing else was under way with it."""

    chunk: Chunk
    workers: frozenset[str] = frozenset()
    lost: int = 0
    alone: bool = False


@dataclass
class ClusterEngine:
    """Judges chunks on the workers that a carrier reaches. say: takes sentences on workers that do not judge.

    look: seconds between two looks at who is there. patience: seconds without a worker after which it gives up.
    """

    carrier: Carrier
    terms: Terms
    say: Callable[[str], None]
    look: float = 1.0
    patience: float = 60.0
    good: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)
    _asked: dict[str, str] = field(default_factory=dict)
    """Workers that have been asked whether they judge, by what the question was sent as."""
    _flying: dict[str, _Sent] = field(default_factory=dict)
    _again: deque[_Sent] = field(default_factory=deque)
    _suspects: deque[_Sent] = field(default_factory=deque)
    _looked: float = -1e9
    _served: float = field(default_factory=time.monotonic)
    """When there was a worker for the last time."""
    _judged: bool = False

    def judged(self, chunks: Iterator[Chunk], cancel: Cancel) -> Iterator[Judged]:
        """See Engine. Raises ClusterError besides."""
        while True:
            if cancel.is_set:
                raise Cancelled
            if not (self._flying or self._again or self._suspects):
                self._again += [_Sent(chunk) for chunk in islice(chunks, 1)]
                if not self._again:
                    return
            if time.monotonic() - self._looked >= self.look:
                yield from self._look()
            self._send(chunks)
            if (news := self.carrier.news(self.look)) is not None:
                yield from self._take(*news)

    def _look(self) -> Iterator[Judged]:
        """Who has come, who has gone, and what they took along."""
        self._looked = time.monotonic()
        there = self.carrier.workers()
        self.good &= there
        self.refused = {address: why for address, why in self.refused.items() if address in there}
        for name, address in list(self._asked.items()):
            if address not in there:
                self.carrier.drop(name)
                del self._asked[name]
        for address in sorted(there - self.good - self.refused.keys() - set(self._asked.values())):
            self._asked[self.carrier.send("refusal", msgspec.json.encode(self.terms), [address])] = address
        for name, sent in list(self._flying.items()):
            if not sent.workers & there:
                self.carrier.drop(name)
                del self._flying[name]
                if sent.lost + 1 < MOST:
                    self._again.append(replace(sent, lost=sent.lost + 1))
                else:
                    yield from self._suspect(sent, "its workers have died, again and again")
        if self.good or self._asked:
            self._served = self._looked
        elif self.refused and not self._judged:
            raise ClusterError(f"No worker may judge this class: {next(iter(self.refused.values()))}.")
        elif self._looked - self._served > self.patience:
            raise ClusterError(f"There has been no worker for {self.patience:.0f} s. {KEPT}")

    def _send(self, chunks: Iterator[Chunk]) -> None:
        """Sends what there is room for."""
        room = DEEP * len(self.good) - len(self._flying)
        while room > 0 and self._again:
            self._fly(self._again.popleft())
            room -= 1
        if room > 0:
            for chunk in islice(chunks, room):
                self._fly(_Sent(chunk))
                room -= 1
        if room > 0 and self._suspects and not self._flying:
            self._fly(replace(self._suspects.popleft(), alone=True))

    def _fly(self, sent: _Sent) -> None:
        name = self.carrier.send("judged", errand_of(sent.chunk, self.terms), sorted(self.good))
        self._flying[name] = replace(sent, workers=frozenset(self.good))

    def _take(self, name: str, outcome: Outcome) -> Iterator[Judged]:
        if name in self._asked:
            self._answered(self._asked.pop(name), outcome)
        elif name in self._flying:
            sent = self._flying.pop(name)
            if outcome.value is None:
                yield from self._suspect(sent, outcome.why)
                return
            reply = msgspec.json.decode(outcome.value, type=Reply)
            if reply.fault:
                yield from self._suspect(sent, reply.fault)
                return
            if not reply.refusal:
                self._judged = True
                yield sent.chunk, reply.verdicts
                return
            self.good.clear()  # one of them is not what it was; all are asked again
            self._looked = -1e9
            if sent.lost + 1 < MOST:
                self._again.append(replace(sent, lost=sent.lost + 1))
            else:
                yield from self._suspect(sent, reply.refusal)

    def _answered(self, address: str, outcome: Outcome) -> None:
        """Whether a worker judges, by itself. One that died of the question is gone."""
        why = outcome.why if outcome.value is None else outcome.value.decode()
        if not why:
            self.good.add(address)
        else:
            self.refused[address] = why
            self.say(one_line(f"{address} judges nothing: {why}."))

    def _suspect(self, sent: _Sent, why: str) -> Iterator[Judged]:
        """Judges what may have cost workers again, by itself; what has done so then has its verdict."""
        if sent.alone:
            yield sent.chunk, [_fault(sent.chunk, f"It could not be judged on the cluster: {why}.")]
        else:
            self._suspects += [_Sent(replace(sent.chunk, tasks=(task,))) for task in sent.chunk.tasks]


def _fault(chunk: Chunk, why: str) -> Verdict:
    """The verdict on an answer that no worker has judged."""
    (answer,) = chunk.answers
    sheet = Sheet(chunk.exercise, answer, lambda part: "")
    sheet.fail(why)
    own = versions()
    told = {"dl-tutor": own["dl-tutor"], "python": own["Python"]}
    return sheet.verdict(sandbox=Sandbox(level=0, layers=()), versions=told, scale=1.0)
