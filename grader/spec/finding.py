"""What a check has against a result, and ready-made checks of training: it falls, it overfits, it beats guessing.

Authors use it through `grader.spec`. Standard library only; numbers may be Python's or tensors of one element.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Finding:
    """What a check has against a result, in one sentence."""

    message: str
    name: str = ""
    where: str | None = None
    expected: str | None = None
    got: str | None = None
    hint: str | None = None


def falls(costs: Iterable[Any], *, to: float = 0.5, least: int = 10, what: str = "the cost") -> Finding | None:
    """Whether costs fall: the mean of the last tenth to `to` times that of the first tenth, or lower.

    least: how many values there must be. Costs are positive; a value that is not finite is found first.
    """
    values = [float(cost) for cost in costs]
    if len(values) < least:
        return Finding(f"{len(values)} values of {what} are too few to see whether it falls: {least} or more.", "short")
    wild = next((index for index, value in enumerate(values) if not math.isfinite(value)), None)
    if wild is not None:
        return Finding(
            f"From step {wild} on, {what} is {values[wild]:g}: the numbers ran out of range.",
            "not-finite",
            where=f"step {wild}",
            hint="Is the learning rate too large, or a logarithm taken of 0?",
        )
    tenth = max(1, len(values) // 10)
    first, last = sum(values[:tenth]) / tenth, sum(values[-tenth:]) / tenth
    if last <= to * first:
        return None
    way = "rises" if last > first else "falls too little"
    return Finding(
        f"{what[0].upper()}{what[1:]} {way}: from {first:.3g} to {last:.3g} in {len(values)} values, "
        f"and {to * first:.3g} or less is asked for.",
        "does-not-fall",
        expected=f"{to * first:.3g} or less",
        got=f"{last:.3g}",
        hint="Does the step go against the gradient, and is the learning rate large enough?",
    )


def reaches(
    values: Iterable[Any], *, most: float = math.inf, least: float = -math.inf, what: str = "the cost"
) -> Finding | None:
    """Whether values end in a band: the mean of the last tenth is from `least` to `most`."""
    found = [float(value) for value in values]
    last = found[-max(1, len(found) // 10) :]
    end = sum(last) / len(last) if last else math.nan
    if least <= end <= most:
        return None
    band = f"{most:g} or less" if least == -math.inf else f"{least:g} or more"
    if math.inf not in (most, -least):
        band = f"{least:g} to {most:g}"
    said = f"ends at {end:.3g}" if found else "has no values"
    return Finding(
        f"{what[0].upper()}{what[1:]} {said}, and {band} is asked for.",
        "out-of-band",
        expected=band,
        got=f"{end:.3g}",
        hint="Too far off after all its steps: is the learning rate too small or too large, or too little trained?",
    )


def overfits(costs: Iterable[Any], *, below: float) -> Finding | None:
    """Whether training on one mini-batch, again and again, brings its cost below `below`.

    A model that cannot learn one mini-batch by heart has a mistake in it; one that can may have others.
    """
    values = [float(cost) for cost in costs]
    if not values or not math.isfinite(values[-1]):
        return Finding("There is no last cost to look at.", "not-finite")
    if values[-1] < below:
        return None
    return Finding(
        f"After {len(values)} steps on one and the same mini-batch its cost is {values[-1]:.3g}; a model without a "
        f"mistake learns it by heart, below {below:g}.",
        "no-overfit",
        expected=f"less than {below:g}",
        got=f"{values[-1]:.3g}",
        hint="Do all parameters get a gradient, and do all of them move?",
    )


def beats_majority(predictions: Iterable[Any], labels: Iterable[Any], *, by: float = 0.0) -> Finding | None:
    """Whether predicted labels are right more often than always saying the most frequent one, by `by` or more."""
    guesses, right = [int(one) for one in predictions], [int(one) for one in labels]
    if len(guesses) != len(right):
        return Finding(
            f"{len(guesses)} predictions came for {len(right)} inputs.",
            "count",
            expected=str(len(right)),
            got=str(len(guesses)),
        )
    accuracy = sum(one == other for one, other in zip(guesses, right, strict=True)) / len(right)
    label, count = Counter(right).most_common(1)[0]
    baseline = count / len(right)
    if accuracy > baseline and accuracy >= baseline + by:
        return None
    wanted = f"more than {baseline:.1%}" if not by else f"{baseline + by:.1%} or more"
    constant = " All your predictions are the same." if len(set(guesses)) == 1 else ""
    return Finding(
        f"{accuracy:.1%} of the held-out inputs are right; always saying {label} gets {baseline:.1%}, "
        f"and {wanted} is asked for.{constant}",
        "majority",
        expected=wanted,
        got=f"{accuracy:.1%}",
        hint="Does the model see its input, and do the labels belong to the rows that they stand beside?",
    )
