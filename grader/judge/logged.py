"""What an experiment logs: the reference's curves caught in the judge, and both sides' for the verdict."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from grader.judge.trial import Trial
from grader.live import logger
from grader.live.events import Events
from grader.records.curves import Curve, Curves, recorded, thinned
from grader.records.verdict import LoggedCurve

DRAWN_POINTS, DRAWN_CURVES = 300, 8
"""Of a run, what a verdict holds."""


class Recorder:
    """Catches what the reference logs through `tutor.live`, in a file of the judge's own scratch folder."""

    def __init__(self, scratch: Path) -> None:
        self.file = (scratch / "logged").open("w+b", buffering=0)
        logger.install(self.file.fileno())

    @contextmanager
    def recording(self, wanted: bool) -> Iterator[Curves]:
        """Gives an empty dict, which holds the curves when the block has ended."""
        curves: Curves = {}
        if not wanted:
            yield curves
            return
        self.file.seek(0)
        self.file.truncate()
        logger.install(self.file.fileno())  # a fresh stream, which has counted nothing yet
        yield curves
        logger.flush()
        self.file.seek(0)
        curves.update(recorded(Events().add(self.file.read())).curves)


def plotted_curves(trials: Sequence[Trial]) -> tuple[LoggedCurve, ...]:
    """The curves of the trial that shows most: the one that was lost, else the one with the most points."""
    logging = [trial for trial in trials if trial.logged or trial.reference_logged]
    if not logging:
        return ()
    shown = max(logging, key=lambda trial: (trial.lost is not None, _size(trial.logged), _size(trial.reference_logged)))
    names = [*shown.logged, *(name for name in shown.reference_logged if name not in shown.logged)]
    return tuple(_plotted(name, shown) for name in names[:DRAWN_CURVES])


def _size(curves: Curves) -> int:
    return sum(map(len, curves.values()))


def _plotted(name: str, trial: Trial) -> LoggedCurve:
    steps, values = _columns(trial.logged.get(name, []))
    reference_steps, reference_values = _columns(trial.reference_logged.get(name, []))
    return LoggedCurve(
        name=name, steps=steps, values=values, reference_steps=reference_steps, reference_values=reference_values
    )


def _columns(curve: Curve) -> tuple[tuple[int, ...], tuple[float | str, ...]]:
    points = thinned(curve, DRAWN_POINTS)
    values = tuple(value if math.isfinite(value) else repr(value) for _, value in points)
    return tuple(step for step, _ in points), values
