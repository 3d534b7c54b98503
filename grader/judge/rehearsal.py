"""What the reference and an exercise's mistakes yield for a case, computed in the judge and once for each."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch

from grader.judge.logged import Recorder
from grader.judge.reference import Reference, ReferenceFault, sample
from grader.protocol import tensors, wire
from grader.protocol.outcome import Outcome, parse
from grader.protocol.steps import message_of, step_of
from grader.records.curves import Curves
from grader.records.job import NO_FLOAT64
from grader.sandbox.player import Player
from grader.spec.script import Case, Step


class Rehearsals:
    """Keeps what has been computed, as long as the judge lives: the answers of a job are judged by the same cases."""

    def __init__(self, reference: Reference, exercise: str, scratch: Path, recorder: Recorder) -> None:
        self.reference, self.exercise, self.scratch, self.recorder = reference, exercise, scratch, recorder
        self._cases: dict[tuple[str, int], list[Case]] = {}
        self._kept: dict[tuple[Any, ...], tuple[Any, Any]] = {}
        """What was computed, beside the object whose id the key holds: as long as it is kept, the id is its own."""

    def cases(self, part: str, seed: int) -> list[Case]:
        """The cases of a part; the same seed draws the same. Raises ReferenceFault."""
        if (part, seed) not in self._cases:
            self._cases[part, seed] = sample(self.reference, part, self.exercise, seed)
        return self._cases[part, seed]

    def expected(self, case: Case, *, precise: bool = False, recorded: bool = False) -> tuple[list[Outcome], Curves]:
        """What the reference yields, and what it logs where that is `recorded`. Raises ReferenceFault."""

        def compute() -> tuple[list[Outcome], Curves]:
            with self.recorder.recording(recorded) as logged:
                outcomes = rehearse(self.reference, self.reference.namespace, case, self.scratch, precise=precise)
            return outcomes, logged

        found: tuple[list[Outcome], Curves] = self.once(("expected", id(case), precise, recorded), case, compute)
        return found

    def instead(self, part: str, function: Callable[..., Any], case: Case, *, keep: bool = True) -> list[Outcome]:
        """What another answer of reference.py yields, in the place of the part's entry."""
        namespace = self.reference.overlay(part, function)
        if not keep:
            return rehearse(self.reference, namespace, case, self.scratch)
        return self.once(  # type: ignore[no-any-return]
            ("instead", part, id(function), id(case)),
            (function, case),
            lambda: rehearse(self.reference, namespace, case, self.scratch),
        )

    def in_mode(self, mode: str, case: Case) -> list[Outcome]:
        """What the reference yields where every `train` and `eval` of the case is this one."""
        steps = [replace(step, op=mode) if step.op in ("train", "eval") else step for step in case.steps]
        return self.once(  # type: ignore[no-any-return]
            ("mode", mode, id(case)),
            case,
            lambda: self.afresh(replace(case, steps=steps)),
        )

    def afresh(self, case: Case) -> list[Outcome]:
        """What the reference yields, computed now: its time is measured."""
        return rehearse(self.reference, self.reference.namespace, case, self.scratch)

    def once(self, key: tuple[Any, ...], owner: Any, compute: Callable[[], Any]) -> Any:
        """What `compute` gives, from the first time on. owner: what the ids in the key belong to."""
        if key not in self._kept:
            self._kept[key] = (owner, compute())
        return self._kept[key][1]


def copied(value: Any, *, inputs: bool = False) -> Any:
    """A value as the other side of a frame sees it: plain, with memory of its own."""
    frame = wire.pack(value, wire.UNSENT, tensors.dump)
    return wire.read(wire.received_of(frame), wire.UNSENT, tensors.load, inputs=inputs)


def rehearse(
    reference: Reference, namespace: dict[str, Any], case: Case, scratch: Path, *, precise: bool = False
) -> list[Outcome]:
    """What the names of `namespace` yield for a case. An exception of theirs is an outcome.

    precise: tensors are computed from inputs widened to float64 and then rounded to the dtype that they have without.
    Raises ReferenceFault where the reference takes no float64.
    """
    found = _rehearsed(reference, namespace, case, scratch, widened=False)
    if not precise:
        return found
    wide = _rehearsed(reference, namespace, case, scratch, widened=True)
    for step, narrow, other in zip(case.steps, found, wide, strict=True):
        if other.raised is not None and narrow.raised is None:
            start = f"{reference.path}: {case.label}, {step.label}"
            raise ReferenceFault(f"{start}: {NO_FLOAT64}: {other.raised.sentence}")
    return [
        replace(narrow, value=rounded(narrow.value, other.value)) for narrow, other in zip(found, wide, strict=True)
    ]


def _rehearsed(
    reference: Reference, namespace: dict[str, Any], case: Case, scratch: Path, *, widened: bool
) -> list[Outcome]:
    with _files(scratch) as folder:
        player = Player(namespace, reference.fixtures, folder, str(reference.path))

        def play(step: Step) -> Outcome:
            message = copied(message_of(step, 0), inputs=True)
            return parse(copied(dict(player.play(step_of(widen(message) if widened else message)))))

        return [play(step) for step in case.steps]


@contextlib.contextmanager
def _files(scratch: Path) -> Iterator[Path]:
    """An empty folder for the files of a case. The one of the case before, where that left nothing in it: on some disks
    to remove a folder takes milliseconds, and a verdict has dozens of cases."""
    folder = scratch / "case"
    folder.mkdir(exist_ok=True)
    try:
        yield folder
    finally:
        if any(folder.iterdir()):
            shutil.rmtree(folder)


def widen(value: Any) -> Any:
    """A value with its floating-point tensors in float64."""
    if isinstance(value, torch.Tensor):
        return value.double() if value.is_floating_point() else value
    if type(value) in (list, tuple):
        return type(value)(widen(item) for item in value)
    if type(value) is dict:
        return {key: widen(item) for key, item in value.items()}
    return value


def rounded(narrow: Any, wide: Any) -> Any:
    """The tensors of `wide` rounded to the dtypes of `narrow`, where the two have the same form; else `narrow`."""
    if isinstance(narrow, torch.Tensor):
        fits = isinstance(wide, torch.Tensor) and wide.shape == narrow.shape and narrow.is_floating_point()
        return wide.to(narrow.dtype) if fits and wide.is_floating_point() else narrow
    if type(narrow) is not type(wide):
        return narrow
    if type(narrow) in (list, tuple) and len(narrow) == len(wide):
        return type(narrow)(rounded(one, other) for one, other in zip(narrow, wide, strict=True))
    if type(narrow) is dict and narrow.keys() == wide.keys():
        return {key: rounded(one, wide[key]) for key, one in narrow.items()}
    return narrow
