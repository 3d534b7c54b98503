"""What a case handed to the learner's code, in words for a verdict: small inputs whole, of large ones shape and corner.

Only what reached the learner's process is shown: neither the truth of a case nor what a script keeps for its checks.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import torch

from grader.judge.compare import show
from grader.protocol.wire import DType
from grader.spec.inputs import Fixture, GeneratorInput, Handle, PathInput
from grader.spec.labels import numbered
from grader.spec.script import Case, Step

CORNER = 3
"""How many entries of each of the last two dimensions stand in a corner."""
EACH, ALL = 200, 600
"""Characters for one input, and for all of them."""
STEPS = 3
"""How many steps of a script say what they hand in."""


def given(case: Case, step: Step | None = None) -> str | None:
    """The inputs of a case, or of a step of a script or of what that is done to, by default of its first ones in which
    the learner's functions are called by name; None where there are none."""
    if not case.scripted:
        return _short(_named(case.inputs.items()), ALL) or None
    calls = [one for one in case.steps if one.op in ("call", "new", "method") and _plain(one)]
    calls = [one for one in calls if isinstance(one.target, str)] or calls
    while step is not None and not _plain(step):
        step = case.steps[step.target.number] if isinstance(step.target, Handle) else None
    if step is not None:
        calls = [step]
    told: dict[str, None] = {}
    for one in calls:
        text = _named(_handed_in(one))
        told[f"{one.spelled or one.label}: {text}" if len(calls) > 1 else text] = None
        if len(told) > STEPS:
            break
    return _short("; ".join([*told][:STEPS]) + "; ..." * (len(told) > STEPS), ALL) or None


def _handed_in(step: Step) -> list[tuple[str, Any]]:
    """The arguments of a step by name, but for what a step before it made; one that stands alone needs no name."""
    names = step.argument_names or (("",) if len(step.args) == 1 else tuple(map(numbered, range(len(step.args)))))
    named = [*zip(names, step.args, strict=True), *step.kwargs.items()]
    return [(name, value) for name, value in named if not isinstance(value, Handle)]


def _named(pairs: Iterable[tuple[str, Any]]) -> str:
    return ", ".join(f"{name} = " * bool(name) + _short(_described(value), EACH) for name, value in pairs)


def _plain(step: Step) -> bool:
    """Whether a step hands something in that can be shown."""
    return any(not isinstance(one, Handle | Fixture) for one in (*step.args, *step.kwargs.values()))


def _short(text: str, size: int) -> str:
    return text if len(text) <= size else text[: size - 3] + "..."


def _described(value: Any) -> str:
    if isinstance(value, Fixture):
        return f"`{value.name}` of the exercise"
    if isinstance(value, GeneratorInput):
        return "a seeded generator"
    if isinstance(value, PathInput):
        return f"the path of {value.name or 'a folder'}"
    if isinstance(value, np.ndarray):
        value = torch.from_numpy(value) if value.dtype.kind in "biufc" else show(value)
    if isinstance(value, torch.Tensor):
        return _tensor(value)
    if isinstance(value, list | tuple) and any(isinstance(one, torch.Tensor | tuple | list) for one in value):
        inner = ", ".join(_described(one) for one in value[: 2 * CORNER])
        return f"[{inner}{', ...' if len(value) > 2 * CORNER else ''}]"
    return show(value, EACH) if not isinstance(value, DType) else f"torch.{value.name}"


def _tensor(value: torch.Tensor) -> str:
    """A small tensor whole; shape, dtype and a corner of a large one."""
    if value.numel() <= 12 and value.dim() <= 2:
        return show(value, EACH)
    corner = value.detach()
    while corner.dim() > 2:
        corner = corner[0] if len(corner) else corner.flatten()
    for dim in range(corner.dim()):
        corner = corner.narrow(dim, 0, min(CORNER, corner.shape[dim]))
    numbers = show(corner.clone(), EACH).rpartition(" (")[0]
    return f"{show(value)}, which begins with {numbers}"
