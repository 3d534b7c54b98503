"""Diagnoses of size: the right numbers times, plus or through something."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

import torch

from grader.judge.findings.value_pair import Rule, ValuePair, alike, rule, varied, wide


def _both(pair: ValuePair) -> tuple[torch.Tensor, torch.Tensor] | None:
    """Both values in float64 where they are real, finite and of one shape."""
    if not pair.same_shape or pair.got.is_complex() or pair.expected.is_complex():
        return None
    got, expected = wide(pair.got), wide(pair.expected)
    if not bool(torch.isfinite(got).all() and torch.isfinite(expected).all()):
        return None
    return got, expected


def _ratio(got: torch.Tensor, expected: torch.Tensor) -> float | None:
    """The factor between the two where there is one."""
    size = float((expected * expected).sum())
    if size == 0:
        return None
    factor = float((got * expected).sum()) / size
    return factor if factor and alike(got, factor * expected) else None


@rule("wrong-sign", "Every value has the opposite sign.", "Which of the two is subtracted from which?")
def wrong_sign(pair: ValuePair) -> str | None:
    both = _both(pair)
    if both and bool((both[1] != 0).any()) and alike(-both[0], both[1]):
        return "The values are right, with the opposite sign."
    return None


def _sizes(pair: ValuePair) -> Iterator[int]:
    """Sizes that a mean could have been taken over, the largest first."""
    sizes = {size for tensor in (pair.expected, *pair.inputs) for size in tensor.shape}
    sizes |= {tensor.numel() for tensor in (pair.expected, *pair.inputs)}
    yield from sorted((size for size in sizes if size > 1), reverse=True)


def _explanations(pair: ValuePair) -> dict[str, str]:
    """Every way to read the constant factor between the two values, by name; none where there is no such factor."""
    both = _both(pair)
    ratio = _ratio(*both) if both else None
    if ratio is None or abs(ratio - 1) < 1e-3 or math.isclose(ratio, -1, rel_tol=1e-3):
        return {}
    found: dict[str, str] = {}

    def read(name: str, value: float, sentence: str) -> None:
        if math.isclose(ratio, value, rel_tol=1e-3):
            found.setdefault(name, sentence)

    for n in _sizes(pair):
        read("sum-for-mean", n, f"{n} times too large, and {n} is a size here: a sum instead of a mean?")
        read("mean-for-sum", 1 / n, f"{n} times too small, and {n} is a size here: a mean instead of a sum?")
        for power in (1.0, 0.5):
            less = "N/(N-1)" if power == 1 else "√(N/(N-1))"
            large, small = (n / (n - 1)) ** power, ((n - 1) / n) ** power
            read("unbiased", large, f"Too large by {less} with N = {n}: the unbiased variance instead of the biased?")
            read("biased", small, f"Too small by {less} with N = {n}: the biased variance instead of the unbiased?")
        root = math.sqrt(n)
        read("root-of-size", root, f"Too large by √{n}, and {n} is a size here: is a division by √d missing?")
        read("root-of-size", 1 / root, f"Too small by √{n}, and {n} is a size here: is it divided by √d twice?")
    nice = Fraction(ratio).limit_denominator(16)
    text = str(nice) if math.isclose(ratio, nice, rel_tol=1e-3) else f"{ratio:.6g}"
    return {**found, "factor": f"Every value is {text} times the right one."}


def _factor_rule(name: str, summary: str, hint: str, *, constant: bool = False) -> Rule:
    return rule(name, summary, hint, smallest=2, constant=constant)(lambda pair: _explanations(pair).get(name))


sum_for_mean = _factor_rule(
    "sum-for-mean",
    "A sum where a mean was wanted: off by a size of the data.",
    "Divide by the number of things that you add.",
)
mean_for_sum = _factor_rule(
    "mean-for-sum",
    "A mean where a sum was wanted: off by a size of the data.",
    "A mean divides; was that wanted?",
)
unbiased = _factor_rule(
    "unbiased",
    "The unbiased variance or deviation where the biased one belongs.",
    "Look at correction= (or unbiased=).",
)
biased = _factor_rule(
    "biased", "The biased variance or deviation where the unbiased one belongs.", "Look at correction= (or unbiased=)."
)
root_of_size = _factor_rule(
    "root-of-size", "A factor √d, with d a size of the data.", "Where does 1/√d belong, and how often?"
)
factor = _factor_rule(
    "factor",
    "Every value is off by one constant factor.",
    "Which constant of the formula is missing or double?",
    constant=True,
)


@rule(
    "accumulated",
    "A gradient is a whole multiple of the right one: it was added to an earlier one.",
    "Each backward() adds to .grad. Reset it in between.",
)
def accumulated(pair: ValuePair) -> str | None:
    both = _both(pair)
    times = _ratio(*both) if both and pair.op == "grads" else None
    if times and times > 1.5 and math.isclose(times, round(times), rel_tol=1e-3):
        return f"The gradient is {round(times)} times the right one: were several backward passes added up?"
    return None


@rule(
    "missing-bias", "One of the inputs was not added (or added twice).", "Is a bias in the formula, and in your code?"
)
def missing_bias(pair: ValuePair) -> str | None:
    both = _both(pair)
    if not both or not varied(both[1]):
        return None
    rest = both[1] - both[0]
    for one in pair.inputs:
        if one.dim() != 1 or one.is_complex() or not varied(one):
            continue
        for bias in (wide(one), wide(one).unsqueeze(-1)):
            try:
                grown = bias.expand_as(rest)
            except RuntimeError:
                continue
            if alike(rest, grown) or alike(-rest, grown):
                word = "missing" if alike(rest, grown) else "added once too often"
                return f"A vector of {one.numel()} that is among the inputs is {word}: a bias?"
    return None


@rule("offset", "Every value is off by the same amount.", "Which constant is added in the formula?", constant=True)
def offset(pair: ValuePair) -> str | None:
    both = _both(pair)
    if not both or not varied(both[1]):
        return None
    rest = both[0] - both[1]
    if alike(rest, rest.mean().expand_as(rest)):
        return f"Every value is off by {float(rest.mean()):.6g}."
    return None


@rule(
    "not-normalised",
    "The values are right up to a division by their sum or norm.",
    "The right values add up to 1 (or have norm 1). Do yours?",
    smallest=2,
)
def not_normalised(pair: ValuePair) -> str | None:
    both = _both(pair)
    if not both:
        return None
    got, expected = both
    for dim in range(expected.dim()):
        one = torch.ones_like(expected.sum(dim))
        if expected.shape[dim] < 2:
            continue
        if alike(expected.sum(dim), one) and bool((expected >= 0).all()) and not alike(got.sum(dim), one):
            total = got.sum(dim, keepdim=True)
            if bool((total != 0).all()) and alike(got / total, expected):
                return f"The sum along dimension {dim} should be 1: the division by it is missing."
        if alike(expected.norm(dim=dim), one) and not alike(got.norm(dim=dim), one):
            length = got.norm(dim=dim, keepdim=True)
            if bool((length != 0).all()) and alike(got / length, expected):
                return f"The norm along dimension {dim} should be 1: the division by it is missing."
    return None


@rule(
    "wrong-normalisation",
    "The sums are 1 along the wrong dimension.",
    "Along which dimension do the probabilities add up?",
)
def wrong_normalisation(pair: ValuePair) -> str | None:
    both = _both(pair)
    if not both or both[1].dim() < 2:
        return None

    def dims(value: torch.Tensor) -> set[int]:
        if bool((value < 0).any()):
            return set()
        return {d for d in range(value.dim()) if alike(value.sum(d), torch.ones_like(value.sum(d)))}

    mine, right = dims(both[0]), dims(both[1])
    if mine and right and not mine & right:
        return f"The sums are 1 along dimension {min(mine)}; they should be along dimension {min(right)}."
    return None


@rule("log-missing", "A logarithm is missing.", "Does the formula end in a logarithm?")
def log_missing(pair: ValuePair) -> str | None:
    both = _both(pair)
    if both and bool((both[0] > 0).all()) and varied(both[1]) and alike(both[0].log(), both[1]):
        return "The logarithm of your values would be right."
    return None


@rule("log-doubled", "A logarithm is taken once too often.", "Is what you take the logarithm of already a logarithm?")
def log_doubled(pair: ValuePair) -> str | None:
    both = _both(pair)
    if both and bool((both[1] > 0).all()) and varied(both[1]) and alike(both[0], both[1].log()):
        return "Your values are the logarithm of the right ones."
    return None


@rule("squared", "The square of the right values, or their root.", "Is there a square or a root in the formula?")
def squared(pair: ValuePair) -> str | None:
    both = _both(pair)
    if not both or not varied(both[1]):
        return None
    got, expected = both
    if alike(got, expected**2):
        return "Your values are the squares of the right ones."
    if bool((got >= 0).all()) and alike(got**2, expected):
        return "Your values are the square roots of the right ones."
    return None


@rule("reciprocal", "One divided by the right values.", "What is divided by what?")
def reciprocal(pair: ValuePair) -> str | None:
    both = _both(pair)
    if both and varied(both[1]) and bool((both[0] != 0).all()) and alike(1 / both[0], both[1]):
        return "Your values are upside down: one divided by the right ones."
    return None


@rule(
    "single-precision",
    "Computed in float32 where float64 is asked for: right to about seven digits.",
    "Which tensor or constant of yours is float32? Everything that is computed with it has its precision only.",
    smallest=1,
)
def single_precision(pair: ValuePair) -> str | None:
    both = _both(pair)
    if not both or pair.expected.dtype != torch.float64:
        return None
    largest = float(both[1].abs().max())
    error = float((both[0] - both[1]).abs().max()) / largest if largest else 0.0
    if not 1e-10 < error < 2e-6:
        return None
    return f"Right to about one part in {1 / error:.2g}: something was computed in float32, and float64 is asked for."


@rule(
    "imprecise",
    "Nearly right everywhere: lower precision, or a small constant (epsilon) missing or in the wrong place.",
    "Is an epsilon in the formula? Is something computed in a lower precision?",
)
def imprecise(pair: ValuePair) -> str | None:
    both = _both(pair)
    if not both or not varied(both[1]):
        return None
    error = float((both[0] - both[1]).abs().max()) / float(both[1].abs().max())
    return f"Right to about one part in {1 / error:.2g}, and no further." if 0 < error < 2e-3 else None


SIZED = (sum_for_mean, mean_for_sum, root_of_size)
"""Those that a size of the case's own data explains."""
RULES = (
    wrong_sign,
    accumulated,
    not_normalised,
    wrong_normalisation,
    single_precision,
    imprecise,
    sum_for_mean,
    mean_for_sum,
    unbiased,
    biased,
    root_of_size,
    factor,
    missing_bias,
    offset,
    log_missing,
    log_doubled,
    squared,
    reciprocal,
)
