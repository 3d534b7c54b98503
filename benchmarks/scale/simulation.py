"""A class on many workers, event by event: one client that is a queue, workers that judge, die, and come back.

As grader.batch.cluster does it: each worker has an errand that it does and one that waits; when one is done, the client
keeps its verdicts and sends the next. What a dead worker had is sent again.
"""

from __future__ import annotations

import heapq
import random
from collections.abc import Sequence
from dataclasses import dataclass

from grader.batch.cluster import DEEP


@dataclass(frozen=True)
class Setting:
    """Seconds. errands: how many. services: what some took, from which each is drawn. client: that an errand costs the
    one client, reading, sending and keeping. lives: how long a worker lives in the mean, 0 for ever. again: until a
    dead one is missed and another has taken its place; it has a zygote after boot."""

    errands: int
    services: Sequence[float]
    client: float
    boot: float
    lives: float = 0.0
    again: float = 60.0


@dataclass(frozen=True)
class Course:
    """How a run went. busy: share of the workers' time in which they judged. client: the same of the client's."""

    seconds: float
    busy: float
    client: float
    again: int
    """Errands that were sent again."""


@dataclass
class _Worker:
    free: float
    dies: float


def simulate(setting: Setting, workers: int, seed: int) -> Course:
    """A run on so many workers. The same seed gives the same run."""
    chance = random.Random(seed)
    return _Run(setting, workers, chance).run()


class _Run:
    def __init__(self, setting: Setting, workers: int, chance: random.Random) -> None:
        self.setting, self.chance = setting, chance
        self.left, self.done, self.again = setting.errands, 0, 0
        self.client_free = self.client_busy = self.judging = self.end = 0.0
        self.count = 0
        self.events: list[tuple[float, int, str, int]] = []
        self.idle: list[int] = []
        self.workers = [_Worker(0.0, 0.0) for _ in range(workers)]
        for number in range(workers):
            self._come(number, 0.0)

    def run(self) -> Course:
        while self.done < self.setting.errands:
            now, _, what, number = heapq.heappop(self.events)
            if what == "wants":
                self._send(number, now)
            elif what == "done":
                self.done += 1
                self.end = self._client(now)
                self._send(number, self.end)
            elif what == "lost":
                self.left, self.again = self.left + 1, self.again + 1
                self.idle = [one for one in self.idle if now < self.workers[one].dies]
                if self.idle:
                    self._send(self.idle.pop(), now)
            else:
                self._come(number, now)
        whole = self.end * len(self.workers)
        return Course(self.end, self.judging / whole, self.client_busy / self.end, self.again)

    def _event(self, when: float, what: str, number: int) -> None:
        self.count += 1
        heapq.heappush(self.events, (when, self.count, what, number))

    def _come(self, number: int, now: float) -> None:
        """A worker starts; it wants as many errands as it may have."""
        ready = now + self.setting.boot
        lives = self.chance.expovariate(1 / self.setting.lives) if self.setting.lives else float("inf")
        self.workers[number] = _Worker(ready, ready + lives)
        self.idle = [one for one in self.idle if one != number]
        for _ in range(DEEP):
            self._event(ready, "wants", number)
        if self.setting.lives:
            self._event(ready + lives + self.setting.again, "again", number)

    def _client(self, now: float) -> float:
        """The client does half of what an errand costs it, as soon as it can; when it is done with that."""
        cost = self.setting.client / 2
        self.client_free = max(now, self.client_free) + cost
        self.client_busy += cost
        return self.client_free

    def _send(self, number: int, now: float) -> None:
        worker = self.workers[number]
        if now >= worker.dies:
            return
        if not self.left:
            self.idle.append(number)
            return
        self.left -= 1
        begin = max(self._client(now), worker.free)
        worker.free = begin + self.chance.choice(self.setting.services)
        if worker.free <= worker.dies:
            self.judging += worker.free - begin
            self._event(worker.free, "done", number)
        else:
            self.judging += max(0.0, worker.dies - begin)
            self._event(worker.dies, "lost", number)
