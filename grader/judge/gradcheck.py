"""Is a gradient right? Claimed gradients against centred differences, in float64.

    (f(x + h) - f(x - h)) / 2h,   with an error of h² f'''/6 and of about ε |f| / h from rounding

at a few coordinates of every parameter. The result is reduced by a random cotangent, never by a sum: errors that
cancel in a sum would pass. The error is relative to the larger of the two values, with a floor that is relative to
the parameter's largest gradient. Where a kink (of a ReLU, a maximum, ...) lies within the step, the two one-sided
slopes differ and one of them is right: such a coordinate is dropped, and that is said.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple

import torch

from grader.judge.compare import show
from grader.records.printable import clean
from grader.sandbox.player import DIFFERENCE, places
from grader.spec.script import Gradient, Step

COORDINATES = 6
"""How many coordinates of a parameter are looked at."""
LIMIT = 1e-5
"""The largest relative error of a right gradient; measured ones are 1e-11 to 1e-7."""
FLOOR = 1e-3
"""Gradients smaller than this share of the parameter's largest are compared as if they were as large."""
SLACK = 1e-4
"""How exact a one-sided slope is taken to be, relative to the parameter's largest gradient."""
ROUNDING = 2.2e-16


class GradientFault(ValueError):
    """The author's definition, cotangent or reference is at fault."""


class Probe(NamedTuple):
    """The reduced result at a point, and with one coordinate moved down and up by `step`."""

    place: tuple[int, ...]
    step: float
    below: float
    here: float
    above: float

    @property
    def slope(self) -> float:
        """The centred difference."""
        return (self.above - self.below) / (2 * self.step)

    @property
    def sides(self) -> tuple[float, float]:
        """The slopes to the left and to the right."""
        return (self.here - self.below) / self.step, (self.above - self.here) / self.step


@dataclass(frozen=True)
class GradientError:
    """How well one parameter's gradient agrees: the coordinate with the largest error, and what was dropped."""

    name: str
    error: float
    index: tuple[int, ...]
    claimed: float
    measured: float
    compared: int
    kinks: int

    @property
    def right(self) -> bool:
        return self.compared > 0 and self.error <= LIMIT

    @property
    def sentence(self) -> str:
        """The figure in words."""
        dropped = f", {self.kinks} dropped at a kink" if self.kinks else ""
        if not self.compared:
            return f"nothing to compare{dropped}"
        plural = "s" if self.compared > 1 else ""
        text = f"relative error {self.error:.2g} on {self.compared} coordinate{plural}{dropped}"
        if self.right:
            return text
        place = f"{self.name}[{', '.join(map(str, self.index))}]" if self.index else self.name
        return (
            f"{text}; at {place} your gradient is {self.claimed:.6g} "
            f"where a centred difference gives {self.measured:.6g}"
        )


def gradient_error(name: str, claimed: torch.Tensor, probes: Sequence[Probe]) -> GradientError:
    """The claimed gradient of one parameter against the probes of it."""
    scale = max((abs(probe.slope) for probe in probes), default=0.0)
    size = max((abs(probe.here) / probe.step for probe in probes), default=0.0)
    floor = max(FLOOR * scale, ROUNDING / LIMIT * 10 * size, 1e-300)
    worst = GradientError(name, 0.0, (), 0.0, 0.0, 0, 0)
    compared = kinks = 0
    for probe in probes:
        mine, slope = float(claimed[probe.place]), probe.slope
        error = abs(mine - slope) / max(abs(mine), abs(slope), floor) if math.isfinite(mine) else math.inf
        if error > LIMIT and _kinked(probe, mine, max(scale, floor)):
            kinks += 1
            continue
        compared += 1
        if compared == 1 or error > worst.error:
            worst = GradientError(name, error, probe.place, mine, slope, 0, 0)
    return GradientError(name, worst.error, worst.index, worst.claimed, worst.measured, compared, kinks)


def _kinked(probe: Probe, claimed: float, scale: float) -> bool:
    """Whether the centred difference straddles a kink, on one side of which the claim is right."""
    left, right = probe.sides
    differ = abs(left - right) > 4 * SLACK * scale
    return differ and min(abs(claimed - left), abs(claimed - right)) <= SLACK * scale


# --- of a definition, in the judge --------------------------------------------------------------------------------


def probes(gradient: Gradient, random: Random) -> dict[str, list[Probe]]:
    """Probes of a definition, a few coordinates of each parameter. Raises GradientFault."""
    result, cotangent = _evaluated(gradient)
    return {
        name: [
            _probe(gradient, name, _index(place, value.shape), result, cotangent)
            for place in sorted(random.sample(range(value.numel()), min(value.numel(), COORDINATES)))
        ]
        for name, value in gradient.wrt.items()
    }


def claims(value: Any, gradient: Gradient) -> dict[str, torch.Tensor | str]:
    """What a result claims for each parameter: a gradient of its shape, or a sentence on what came instead.

    value: a tensor where there is one parameter, else a tuple or list in the order of `gradient.wrt`, or a dict.
    """
    names = list(gradient.wrt)
    if isinstance(value, dict):
        found = [value.get(name) for name in names]
    elif isinstance(value, tuple | list) and len(value) == len(names):
        found = list(value)
    else:
        found = [value] if len(names) == 1 else [None] * len(names)
    return {name: _claim(one, gradient.wrt[name].shape) for name, one in zip(names, found, strict=True)}


def _claim(value: Any, shape: torch.Size) -> torch.Tensor | str:
    if isinstance(value, torch.Tensor) and value.shape == shape and not value.is_complex():
        return value
    got = f"one of shape {tuple(value.shape)}" if isinstance(value, torch.Tensor) else show(value)
    return f"a gradient of shape {tuple(shape)} was expected, and this came: {got}"


def by_autograd(gradient: Gradient) -> tuple[torch.Tensor, ...]:
    """The gradients of the definition, in the order of `gradient.wrt`. Raises GradientFault."""
    _, cotangent = _evaluated(gradient)
    leaves = {name: value.detach().clone().requires_grad_() for name, value in gradient.wrt.items()}
    result = gradient.definition(**leaves, **gradient.fixed)
    if not result.requires_grad:
        raise GradientFault("the definition's result is cut off from autograd's graph")
    reduced = (result * cotangent).sum()  # a cotangent of its own would have torch import sympy, 0.3 s in every judge
    found = torch.autograd.grad(reduced, list(leaves.values()), allow_unused=True)
    return tuple(
        torch.zeros_like(leaf) if one is None else one for leaf, one in zip(leaves.values(), found, strict=True)
    )


def _evaluated(gradient: Gradient) -> tuple[torch.Tensor, torch.Tensor]:
    """The definition's result and the cotangent, both sound."""
    for name, value in gradient.wrt.items():
        if not isinstance(value, torch.Tensor) or value.dtype is not torch.float64:
            raise GradientFault(f"gradients are checked in float64, and {name} is {show(value)}")
    with torch.no_grad():
        result = gradient.definition(**gradient.wrt, **gradient.fixed)
    if not isinstance(result, torch.Tensor) or result.dtype is not torch.float64:
        raise GradientFault(f"the definition should give a float64 tensor, and gives {show(result)}")
    cotangent = torch.ones_like(result) if gradient.cotangent is None else gradient.cotangent
    if cotangent.shape != result.shape:
        raise GradientFault(f"the cotangent has shape {tuple(cotangent.shape)}, and the result {tuple(result.shape)}")
    if result.numel() > 1 and bool((cotangent == cotangent.flatten()[0]).all()):
        raise GradientFault("the cotangent is constant: errors that cancel in a sum would pass. Draw it at random")
    return result, cotangent


def _probe(
    gradient: Gradient, name: str, index: tuple[int, ...], result: torch.Tensor, cotangent: torch.Tensor
) -> Probe:
    value = gradient.wrt[name]
    step = DIFFERENCE * max(1.0, abs(float(value[index])))

    def moved(by: float) -> float:
        other = value.detach().clone()
        other[index] += by
        with torch.no_grad():
            return float((gradient.definition(**{**gradient.wrt, name: other}, **gradient.fixed) * cotangent).sum())

    return Probe(index, step, moved(-step), float((result * cotangent).sum()), moved(step))


def _index(place: int, shape: Iterable[int]) -> tuple[int, ...]:
    """The index of a place counted row by row."""
    index: list[int] = []
    for size in reversed(list(shape)):
        index.insert(0, place % size)
        place //= size
    return tuple(index)


# --- of a learner's own forward and backward pass -----------------------------------------------------------------


def own_gradient_errors(value: Any, step: Step) -> list[GradientError] | str:
    """The figures of a step `gradient`, from what the learner's process gave; a sentence where it says nothing."""
    try:
        return _own_figures(value, step)
    except (ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError):
        return "what came is no gradient with its probes"


def _own_figures(value: Any, step: Step) -> list[GradientError] | str:
    cotangent, fractions = step.args[:2]
    names = [step.argument_names[position] for position in step.wrt] if step.argument_names else []
    result = value["result"]
    if not isinstance(result, torch.Tensor) or result.shape != cotangent.shape:
        return f"the result is {show(result)}, and a tensor of shape {tuple(cotangent.shape)} was expected"
    if result.dtype is not torch.float64:
        dtype = str(result.dtype).removeprefix("torch.")
        return f"the result has dtype {dtype}, and gradients are checked in float64: does the code convert its input?"

    def reduced(one: torch.Tensor) -> float:
        if one.shape != cotangent.shape:
            raise ValueError("a result near by has another shape")
        return float((one * cotangent).sum())

    here = reduced(result)
    figures = []
    for number, (name, claimed, rows) in enumerate(value["tensors"]):
        name = names[number] if number < len(names) else clean(str(name))[:40]
        if not isinstance(claimed, torch.Tensor):
            return f"no gradient arrived at {name}"
        if [row[0] for row in rows] != places(claimed.numel(), fractions):
            return f"other coordinates of {name} came than those that were asked for"
        near = [
            Probe(_index(place, claimed.shape), float(width), reduced(below), here, reduced(above))
            for place, width, below, above in rows
        ]
        figures.append(gradient_error(name, claimed, near))
    return figures or "there is nothing to differentiate by: no parameter is registered"
