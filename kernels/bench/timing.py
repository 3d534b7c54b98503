"""Times several ways of doing the same thing, in turns, so that what disturbs one disturbs them all."""

import math
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import torch

ROUNDS = 5
ENOUGH = 0.03  # seconds that a round of one way takes, about
MOST = 200  # calls in a round
FLUSH = 256 * 2**20  # bytes: more than the second-level cache of any GPU that we know

Run = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Timed:
    """Microseconds a call: the median of the rounds, and a fifth and four fifths of them."""

    median: float
    low: float
    high: float

    @property
    def spread(self) -> float:
        """How far the rounds lie apart, as a part of the median."""
        return (self.high - self.low) / self.median


class Clock:
    """Times calls on one device; large ones on a GPU with its own events, and with a cold second-level cache."""

    def __init__(self, device: torch.device) -> None:
        self.device = device
        self.gpu = device.type == "cuda"
        self.flush = torch.empty(FLUSH, dtype=torch.int8, device=device) if self.gpu else None

    def wait(self) -> None:
        """Until all that was started is done."""
        if self.gpu:
            torch.cuda.synchronize(self.device)

    def once(self, run: Run) -> float:
        """Seconds of one call, waited for."""
        self.wait()
        start = time.perf_counter()
        run()
        self.wait()
        return time.perf_counter() - start

    def round(self, run: Run, calls: int, small: bool = False) -> list[float]:
        """Microseconds of each of some calls; where small, of all of them by the clock on the wall, one after another.

        Then the processor is what takes the time, and emptying the cache in between would hide it.
        """
        if small:
            self.wait()
            start = time.perf_counter()
            for _ in range(calls):
                run()
            self.wait()
            return [(time.perf_counter() - start) * 1e6 / calls]
        if not self.gpu:
            times = []
            for _ in range(calls):
                start = time.perf_counter()
                run()
                times.append((time.perf_counter() - start) * 1e6)
            return times
        assert self.flush is not None
        before, after = ([_event() for _ in range(calls)] for _ in range(2))
        for first, last in zip(before, after, strict=True):
            self.flush.zero_()
            first.record()
            run()
            last.record()
        self.wait()
        return [first.elapsed_time(last) * 1e3 for first, last in zip(before, after, strict=True)]


def _event() -> torch.cuda.Event:
    return torch.cuda.Event(enable_timing=True)


def side_by_side(
    clock: Clock, ways: dict[str, Run], rounds: int = ROUNDS, enough: float = ENOUGH, small: bool = False
) -> dict[str, Timed]:
    """The time of each way. They take turns, in another order each round, after each was called until it is warm."""
    calls = {}
    for name, run in ways.items():
        for _ in range(2):
            clock.once(run)
        calls[name] = max(3, min(MOST, math.ceil(enough / max(clock.once(run), 1e-7))))
    medians: dict[str, list[float]] = {name: [] for name in ways}
    names = list(ways)
    for turn in range(rounds):
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            medians[name].append(statistics.median(clock.round(ways[name], calls[name], small)))
    return {name: _summary(sorted(found)) for name, found in medians.items()}


def _summary(rounds: list[float]) -> Timed:
    last = len(rounds) - 1
    return Timed(statistics.median(rounds), rounds[round(0.2 * last)], rounds[round(0.8 * last)])


def graphed(run: Run) -> Run | None:
    """The same call as a CUDA graph, whose replay costs the CPU next to nothing. None where it cannot be captured."""
    try:
        stream = torch.cuda.Stream()
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            for _ in range(3):
                run()
        torch.cuda.current_stream().wait_stream(stream)
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            run()
    except RuntimeError:
        return None
    return graph.replay


def peak_memory(clock: Clock, run: Run) -> int | None:
    """Bytes that a call has allocated at the most, beside what there was. None where nobody counts."""
    if not clock.gpu:
        return None
    clock.wait()
    torch.cuda.empty_cache()
    torch.cuda.reset_peak_memory_stats(clock.device)
    before = torch.cuda.memory_allocated(clock.device)
    run()
    clock.wait()
    return int(torch.cuda.max_memory_allocated(clock.device) - before)
