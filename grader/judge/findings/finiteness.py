"""Diagnoses of infinities and NaN: where the numbers ran out of range."""

from __future__ import annotations

import torch

from grader.judge.findings.value_pair import ValuePair, rule, wide

LARGE = 80.0
"""exp of more than this overflows float32 soon."""


def _broken(pair: ValuePair) -> torch.Tensor | None:
    """Where something non-finite stands in the place of a number."""
    if not pair.same_shape:
        return None
    broken = ~torch.isfinite(wide(pair.got)) & torch.isfinite(wide(pair.expected))
    return broken if bool(broken.any()) else None


@rule(
    "overflow",
    "An exponential of a large number overflowed where a stable form exists.",
    "Subtract the largest value before exp; log-sum-exp and softmax do not change by it.",
    "finite",
    smallest=1,
)
def overflow(pair: ValuePair) -> str | None:
    large = any(one.numel() and float(wide(one).abs().max()) > LARGE for one in pair.inputs if not one.is_complex())
    if _broken(pair) is not None and large:
        return "The inputs are large, and the result overflowed: exp of a large number is infinite."
    return None


@rule(
    "log-of-zero",
    "Minus infinity: a logarithm of zero.",
    "What is the smallest value that goes into the logarithm?",
    "finite",
    smallest=1,
)
def log_of_zero(pair: ValuePair) -> str | None:
    broken = _broken(pair)
    if broken is not None and bool((wide(pair.got)[broken] == -torch.inf).all()):
        return "There is minus infinity where a number belongs: that is the logarithm of zero."
    return None


@rule(
    "undefined",
    "NaN: 0/0, infinity minus infinity, or 0 times infinity.",
    "What is 0 times infinity, and 0 divided by 0?",
    "finite",
    smallest=1,
)
def undefined(pair: ValuePair) -> str | None:
    if pair.got.is_complex() or not pair.same_shape:
        return None
    count = int((torch.isnan(wide(pair.got)) & ~torch.isnan(wide(pair.expected))).sum())
    return f"{count} of the values are not a number: 0/0, or 0 times infinity." if count else None


@rule(
    "infinity-missing",
    "Infinity belongs here, but there is a number.",
    "Which entries must be infinite?",
    "finite",
    smallest=1,
)
def infinity_missing(pair: ValuePair) -> str | None:
    if not pair.same_shape or pair.got.is_complex():
        return None
    missing = torch.isinf(wide(pair.expected)) & torch.isfinite(wide(pair.got))
    return "Infinity belongs where there are numbers." if bool(missing.any()) else None


RULES = (overflow, log_of_zero, undefined, infinity_missing)
