"""What can be said of times that an answer reports: could they have been measured, and was there work to measure?

Authors use it through `grader.spec`. Standard library only. Everything is one-sided: a busy machine makes calls take
longer, and no bound here is broken by that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from grader.spec.finding import Finding

Shape = list[int]


def measured(times: Mapping[str, float], call: float, *, longest: float | None = None) -> Finding | None:
    """Whether reported seconds can have been measured in a call that took `call` seconds as seen from outside.

    longest: the largest of them is at least this share of the call; left out where calls may be repeated at will.
    """
    name, most = max(times.items(), key=lambda item: item[1])
    if most > 1.2 * call + 0.002:
        shorter = "; in milliseconds it could be" if 60 * call <= most <= 1000 * call else ""
        return Finding(
            f"`{name}` is {most:.3g} s, but the whole call took {call:.3g} s{shorter}.",
            "milliseconds" if shorter else "longer-than-the-call",
            expected=f"at most {call:.3g} s",
            got=f"{most:.3g}",
            hint="Seconds are wanted, as `timeit` and `time.perf_counter` give them, measured in this very call.",
        )
    if longest is not None and most < longest * call:
        return Finding(
            f"`{name}` is {most:.3g} s, but the call that measured it took {call:.3g} s, more than "
            f"{1 / longest:g} times as long.",
            "share-of-the-call",
            got=f"{most:.3g}",
            hint="Is a time divided by something it does not belong to, such as the number of elements?",
        )
    return None


def operations(
    work: Iterable[tuple[str, list[Shape], int]], *names: str, where: Callable[[list[Shape]], bool] = bool
) -> int:
    """How many operations of these names (of any, where none is given) ran on tensors of such shapes.

    work: what was observed under "work".
    """
    return sum(count for name, shapes, count in work if (not names or name in names) and where(shapes))
