"""One judge and one worker that have been forked ahead: they wait, confined, while the learner thinks and types.

No fork, no rule of Landlock and no page table stands on a verdict's way then. The worker has been told nothing, and the
judge by which reference it will judge, which it loads: what is judged, what inputs are drawn and what code is run comes
when they are taken, as it comes to those that are forked at once. Whoever runs code takes the worker or has it ended
first, so that none waits beside code that runs.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path

from grader.protocol.messages import FromJudge, Line, Prepare
from grader.records.job import Job
from grader.sandbox import memory
from grader.sandbox.host import Host, SandboxError
from grader.sandbox.limits import cpu_limit
from grader.sandbox.seat import Bench, Seat, Terms, benched, seated

LONGEST = 24 * 3600
"""CPU seconds that they are forked with; they get their own limit when they are taken."""


class Ahead:
    """Those that wait, one of each at most. Not thread-safe, as its host is not."""

    def __init__(self, host: Host) -> None:
        self.host = host
        self._terms: Terms | None = None
        self._seat: Seat | None = None
        self._bench: Bench | None = None

    def prepare(self, job: Job, imports: tuple[str, ...]) -> None:
        """Has a pair wait for an answer to an exercise; the zygote must be up. Where memory is short, or they cannot be
        forked, there is none. job: of an answer that is empty."""
        host, place = self.host, str(Path(job.path).parent)
        host.tidy()
        terms = Terms(cpu=LONGEST, walls=host.walls, imports=imports)
        if not (self._fits(self._seat, terms) and self._fits(self._bench, terms) and place == self._place):
            self.drop()
        if self._seat or not memory.plenty():
            return
        self._terms = terms
        with contextlib.suppress(SandboxError, OSError):
            self._bench = benched(host, place, terms)
            Line(self._bench.line, FromJudge).send(Prepare(job=job))
            self._seat = seated(host, terms)

    @property
    def _place(self) -> str:
        return self._bench.course if self._bench else ""

    def seat(self, terms: Terms) -> Seat | None:
        """The worker that waits, where it is of use; afterwards none waits."""
        found, self._seat = self._seat, None
        if found and not self._fits(found, terms):
            found.discard()
            return None
        return found

    def bench(self, course: str, terms: Terms) -> Bench | None:
        """The judge that waits, where it is of use; afterwards none waits."""
        found, self._bench = self._bench, None
        if found and not (found.course == course and self._fits(found, terms)):
            found.discard()
            return None
        return found

    def _fits(self, waiting: Seat | Bench | None, terms: Terms) -> bool:
        """Whether one is there, waits still, and has what is needed; it then has no more than that."""
        with contextlib.suppress(SandboxError):
            self.host.catch_up()
        if waiting is None or self._terms is None or waiting.child.over:
            return False
        has = replace(self._terms, cpu=terms.cpu, imports=terms.imports)
        known = set(terms.imports) <= set(self._terms.imports)
        return known and has == terms and cpu_limit(waiting.child.pid, terms.cpu)

    def drop(self) -> None:
        """Ends both."""
        for waiting in (self._seat, self._bench):
            if waiting is not None:
                waiting.discard()
        self._seat = self._bench = None
