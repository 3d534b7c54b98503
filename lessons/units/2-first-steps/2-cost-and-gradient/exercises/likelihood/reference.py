"""The logarithm of a product of probabilities, which is -n times the cross entropy."""

import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, mistake


def log_likelihood(y, yt):
    return torch.log(torch.where(yt == 1, y, 1 - y)).sum()


@cases("identity")
def points(rng: Rng):
    for n in (3, 11, 100, 2003):
        y = rng.uniform(n, low=0.02, high=0.98, dtype=torch.float64)
        yt = rng.integers(0, 2, n).double()
        yt[:2] = torch.tensor([0.0, 1.0])
        yield case(y=y, yt=yt, label=f"{n} points", rtol=1e-10)


@check("is -n times the cross entropy")
def identity(got, ref, inputs):
    n = len(inputs["y"])
    cost = torch.nn.functional.binary_cross_entropy(inputs["y"], inputs["yt"])
    if not torch.allclose(got, -n * cost, rtol=1e-10):
        return Finding(
            f"For these {n} points the cross entropy is {cost:.6g}.",
            expected=f"{-n * cost.item():.6g}",
            got=f"{float(got):.6g}",
        )
    return None


@alternative
def as_the_lesson_writes_it(y, yt):
    return (yt * torch.log(y) + (1 - yt) * torch.log(1 - y)).sum()


@alternative
def from_the_cross_entropy(y, yt):
    return -len(y) * torch.nn.functional.binary_cross_entropy(y, yt)


@alternative
def in_a_loop(y, yt):
    import math

    total = 0.0
    for p, label in zip(y.tolist(), yt.tolist(), strict=True):
        total += math.log(p) if label == 1 else math.log(1 - p)
    return torch.tensor(total, dtype=torch.float64)


@alternative
def with_inner_products(y, yt):
    return yt @ y.log() + (1 - yt) @ (1 - y).log()


@alternative
def by_masks(y, yt):
    black = yt.bool()
    return y[black].log().sum() + torch.log1p(-y[~black]).sum()


@alternative
def from_the_factors(y, yt):
    return torch.log(y**yt * (1 - y) ** (1 - yt)).sum()


@alternative
def of_a_distribution(y, yt):
    return torch.distributions.Bernoulli(y, validate_args=False).log_prob(yt).sum()


@mistake(
    "cross-entropy",
    "Is the cross entropy itself.",
    hint="That is the cross entropy: a mean, with a minus sign. What is the sign of log L? Is it divided by anything?",
)
def cross_entropy(y, yt):
    return -log_likelihood(y, yt) / len(y)


edit(
    "minus-sign",
    "Has the sign of the cross entropy.",
    hint="L is smaller than 1. Which sign does its logarithm have?",
    replace=("torch.log(", "-torch.log("),
)
edit(
    "mean-taken",
    "Takes the mean of the logarithms.",
    hint="The logarithm of a product is the *sum* of the logarithms. Nothing divides by n here.",
    replace=(".sum()", ".mean()"),
)


@mistake(
    "product-first",
    "Multiplies all probabilities before taking the logarithm.",
    hint="The product of 2003 probabilities is smaller than any float and is rounded to 0. Take the logarithms first.",
)
def product_first(y, yt):
    return torch.where(yt == 1, y, 1 - y).prod().log()


@mistake(
    "likelihood",
    "Gives the likelihood, not its logarithm.",
    hint="That is L itself. Its logarithm is wanted, and for many points L is too small to be stored.",
)
def likelihood(y, yt):
    return torch.where(yt == 1, y, 1 - y).prod()


@mistake(
    "sum-of-probabilities",
    "Takes the logarithm of a sum of probabilities.",
    hint="The probability of independent events together is a product, not a sum.",
)
def sum_of_probabilities(y, yt):
    return torch.where(yt == 1, y, 1 - y).sum().log()


edit(
    "black-only",
    "Counts the black points only.",
    hint="The factor of a white point is 1 - y. Where is its logarithm?",
    replace=("torch.log(torch.where(yt == 1, y, 1 - y))", "(yt * torch.log(y))"),
)
edit(
    "label-ignored",
    "Adds both logarithms for each point.",
    hint="A point has one colour: the exponents y_t and 1 - y_t pick one of the two factors.",
    replace=("torch.where(yt == 1, y, 1 - y)", "y * (1 - y)"),
)
edit(
    "colours-swapped",
    "Takes 1 - y for the black points.",
    hint="y is the probability of black, and y_t = 1 means black. Which factor does a black point have?",
    replace=("y, 1 - y", "1 - y, y"),
)


@mistake(
    "decisions-counted",
    "Rounds the probabilities to colours.",
    hint="y is a probability. It is not rounded to the colour that the model would choose.",
    when=lambda got, ref, inputs: (bool(torch.isinf(got)) or float(got) == 0) and len(inputs["y"]) < 50,
)
def decisions_counted(y, yt):
    return log_likelihood((y > 0.5).double(), yt)
