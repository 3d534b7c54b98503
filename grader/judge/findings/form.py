"""Diagnoses of shape and dtype: the right numbers in another form."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import torch

from grader.judge.findings.value_pair import ValuePair, alike, rule, varied, wide


def _size(tensor: torch.Tensor) -> str:
    return str(tuple(tensor.shape))


@rule(
    "transposed",
    "The values are right, with rows and columns (or all dimensions) swapped.",
    "Print both shapes. Which dimension is which?",
    "shape",
    "value",
)
def transposed(pair: ValuePair) -> str | None:
    got = pair.got
    if got.squeeze().dim() < 2:  # a row for a column is told by another rule
        return None
    if alike(got.transpose(-1, -2), pair.expected):
        return "These are the right values with rows and columns swapped."
    if got.dim() > 2 and alike(got.permute(*reversed(range(got.dim()))), pair.expected):
        return "These are the right values with all dimensions in reverse order."
    return None


@rule(
    "outer-product",
    "A column met a row, and broadcasting made them into a matrix.",
    "Print the shapes before the operation: is one of them (n, 1) and the other (n,)?",
    "shape",
)
def outer_product(pair: ValuePair) -> str | None:
    got, expected = pair.got, pair.expected
    n = expected.numel()
    flat = expected.dim() == 1 or (expected.dim() == 2 and 1 in expected.shape)
    if flat and n > 1 and got.shape == (n, n):
        return f"A column of {n} met a row of {n}: broadcasting made a {n} × {n} matrix."
    return None


@rule(
    "size-one",
    "The values are right, but there is a dimension of size 1 too many, or one is missing.",
    "Look at keepdim, squeeze and unsqueeze.",
    "shape",
    smallest=1,
)
def size_one(pair: ValuePair) -> str | None:
    got, expected = pair.got, pair.expected
    if got.squeeze().shape != expected.squeeze().shape or not alike(got.squeeze(), expected.squeeze()):
        return None
    word = (
        "is too many" if got.dim() > expected.dim() else "is missing" if got.dim() < expected.dim() else "is misplaced"
    )
    return f"The values are right; a dimension of size 1 {word}: {_size(got)} instead of {_size(expected)}."


@rule(
    "reshaped",
    "The values are right and in the right order, but the shape is wrong.",
    "The numbers are there: reshape them.",
    "shape",
)
def reshaped(pair: ValuePair) -> str | None:
    got, expected = pair.got, pair.expected
    if got.numel() == expected.numel() and alike(got.reshape(-1), expected.reshape(-1)):
        return f"The values are right, in shape {_size(got)} instead of {_size(expected)}."
    return None


REDUCTIONS: dict[str, Callable[[torch.Tensor, int], torch.Tensor]] = {
    "sum": lambda x, d: x.sum(d),
    "mean": lambda x, d: x.mean(d),
    "max": lambda x, d: x.max(d).values,
    "min": lambda x, d: x.min(d).values,
    "norm": lambda x, d: x.norm(dim=d),
    "variance": lambda x, d: x.var(d, unbiased=False),
    "cumulative sum": lambda x, d: x.cumsum(d),
    "softmax": lambda x, d: x.softmax(d),
    "argmax": lambda x, d: x.argmax(d),
}


def _reductions(inputs: tuple[torch.Tensor, ...]) -> Iterator[tuple[str, list[torch.Tensor]]]:
    for one in inputs:
        if one.is_complex() or not 2 <= one.dim() <= 4 or not one.numel() or one.numel() > 100_000:
            continue
        for name, reduce in REDUCTIONS.items():
            yield name, [reduce(wide(one), dim) for dim in range(one.dim())]


@rule(
    "wrong-axis",
    "An input is summed, averaged, ... along the wrong dimension.",
    "Which dimension must disappear? dim=0 runs down the columns, dim=1 along the rows.",
    "shape",
    "value",
)
def wrong_axis(pair: ValuePair) -> str | None:
    for name, results in _reductions(pair.inputs):
        right = next((i for i, one in enumerate(results) if alike(_plain(pair.expected), one)), None)
        mine = next((i for i, one in enumerate(results) if alike(_plain(pair.got), one)), None)
        if right is not None and mine is not None and right != mine and varied(pair.expected):
            return f"This is the {name} along dimension {mine}; along dimension {right} was wanted."
    return None


def _plain(value: torch.Tensor) -> torch.Tensor:
    return value if value.is_complex() else wide(value)


@rule(
    "truncated",
    "Decimals were cut off: integer division, or a conversion to whole numbers.",
    "`//` and int() cut off; `/` divides.",
    "dtype",
    "value",
    smallest=1,
)
def truncated(pair: ValuePair) -> str | None:
    got, expected = pair.got, pair.expected
    if not pair.same_shape or expected.is_complex() or got.is_complex() or not expected.is_floating_point():
        return None
    right = wide(expected)
    if not bool(torch.isfinite(right).all()) or bool((right == right.trunc()).all()):
        return None
    if not bool((got != 0).any()):  # nothing is left that could have been cut off
        return None
    if any(bool((wide(got) == whole).all()) for whole in (right.trunc(), right.floor())):
        return "The decimals are cut off: integer division, or a conversion to whole numbers."
    return None


@rule(
    "other-dtype",
    "The values are right, but the dtype is wrong.",
    "Look at the dtypes of the inputs and of the result.",
    "dtype",
    smallest=1,
)
def other_dtype(pair: ValuePair) -> str | None:
    got, expected = pair.got, pair.expected
    if got.is_complex() != expected.is_complex() or not alike(_plain(got), _plain(expected)):
        return None
    mine, right = (str(t.dtype).removeprefix("torch.") for t in (got, expected))
    wider = got.element_size() > expected.element_size()
    return f"The values are right; the dtype was {'promoted' if wider else 'changed'} to {mine} instead of {right}."


RULES = (transposed, outer_product, size_one, wrong_axis, reshaped, truncated, other_dtype)
