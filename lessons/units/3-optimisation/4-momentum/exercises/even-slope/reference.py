"""A geometric series, and the sum of geometric series."""

import torch

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, mistake


def params_after(c, alpha, beta, T):
    powers = beta * (1 - beta**T) / (1 - beta)
    return -alpha * (T - powers) / (1 - beta) * c


def step_length(c, alpha, beta, T):
    return alpha * (1 - beta**T) / (1 - beta) * c.square().sum().sqrt()


def slopes(rng):
    for n, T in ((3, 1), (5, 2), (7, 10), (3, 50), (6, 1000), (3, 10**6)):
        c = rng.normal(n, dtype=torch.float64)
        alpha, beta = round(0.01 + float(rng.uniform(1)), 3), round(0.1 + 0.85 * float(rng.uniform(1)), 3)
        yield {"c": c, "alpha": alpha, "beta": beta, "T": T}, f"{n} parameters, T = {T:,}, beta = {beta}"
    yield {"c": rng.normal(3, dtype=torch.float64), "alpha": 0.1, "beta": 0.0, "T": 5}, "no momentum, T = 5"


@cases("position")
def positions(rng: Rng):
    for inputs, label in slopes(rng):
        yield case(**inputs, label=label, rtol=1e-9)


@cases("length")
def steps(rng: Rng):
    for inputs, label in slopes(rng):
        yield case(**inputs, label=label, rtol=1e-9, canonical=number)


def number(value):
    """A number or a tensor without dimensions, as a float."""
    return float(value) if isinstance(value, int | float) or value.dim() == 0 else value


# --- where it is --------------------------------------------------------------------------------------------------

edit_alternative("one-fraction", part="position", replace=(
    "-alpha * (T - powers) / (1 - beta) * c", "-c * alpha * (T * (1 - beta) - beta * (1 - beta**T)) / (1 - beta) ** 2"
))  # fmt: skip
edit_alternative("velocity-first", part="position", replace=("(T - powers) / (1 - beta) * c", "((T - powers) * (c / (1 - beta)))"))


@alternative(part="position")
def with_a_tensor_of_steps(c, alpha, beta, T):
    t = torch.arange(1, T + 1, dtype=torch.float64)
    return -alpha * ((1 - beta**t) / (1 - beta)).sum() * c


@alternative(part="position")
def terms(c, alpha, beta, T):
    limit = 1 / (1 - beta)
    return c * (-alpha * limit * T + alpha * limit**2 * beta * (1 - beta**T))


@alternative(part="position")
def in_steps_of_numpy(c, alpha, beta, T):
    import numpy as np

    weights = np.cumsum(beta ** np.arange(T, dtype=float))
    return torch.as_tensor(-alpha * weights.sum()) * c


edit(
    "last-step-only",
    "Gives the last step instead of the position.",
    hint="The position is the sum of all steps.",
    part="position",
    replace=("(T - powers) / (1 - beta)", "(1 - beta**T) / (1 - beta)"),
)
edit(
    "off-by-one",
    "Is one update behind.",
    hint="Check T = 1: the first step must be -alpha c.",
    part="position",
    replace=[("beta**T", "beta ** (T - 1)"), ("(T - powers)", "(T - 1 - powers)")],
)
edit(
    "one-ahead",
    "Has a power too many.",
    hint="Check T = 1: the first step must be -alpha c.",
    part="position",
    replace=("beta**T", "beta ** (T + 1)"),
)
edit(
    "no-memory-of-the-start",
    "Takes the effective rate from the first step on.",
    hint="The velocity begins at 0 and has to grow. What is subtracted from T?",
    part="position",
    replace=("(T - powers)", "T"),
)
edit(
    "no-momentum",
    "Leaves out the momentum.",
    hint="Every gradient goes on acting in later steps.",
    part="position",
    replace=("(T - powers) / (1 - beta)", "T"),
)
edit(
    "uphill",
    "Goes uphill.",
    hint="The step is minus alpha times the velocity.",
    part="position",
    replace=("-alpha", "alpha"),
)
edit(
    "averaged-gradient",
    "Weighs the new gradient with 1 - beta.",
    hint="In this convention the velocity is beta times the old one plus the whole gradient.",
    part="position",
    replace=("(T - powers) / (1 - beta)", "(T - powers)"),
)


# --- how long a step is -------------------------------------------------------------------------------------------

edit_alternative("vector-norm", part="length", replace=("c.square().sum().sqrt()", "torch.linalg.vector_norm(c)"))
edit_alternative("as-a-float", part="length", replace=("c.square().sum().sqrt()", "c.norm().item()"))


@alternative(part="length")
def as_a_vector(c, alpha, beta, T):
    velocity = c * (1 - beta**T) / (1 - beta)
    return (alpha * velocity).norm()


@alternative(part="length")
def difference_of_positions(c, alpha, beta, T):
    before = T - 1 - beta * (1 - beta ** (T - 1)) / (1 - beta)
    after = T - beta * (1 - beta**T) / (1 - beta)
    return alpha * (after - before) / (1 - beta) * (c @ c) ** 0.5


@alternative(part="length")
def weights_added(c, alpha, beta, T):
    return alpha * (beta ** torch.arange(T, dtype=torch.float64)).sum() * torch.sqrt((c * c).sum())


edit(
    "limit",
    "Gives the limit for every T.",
    hint="The first update is alpha times the length of c. It takes time to become faster.",
    part="length",
    replace=("(1 - beta**T)", "1"),
)
edit(
    "off-by-one",
    "Is one update ahead.",
    hint="Check T = 1: the length is alpha times that of c.",
    part="length",
    replace=("beta**T", "beta ** (T + 1)"),
)
edit(
    "one-behind",
    "Is one update behind.",
    hint="Check T = 1: the length is alpha times that of c, and not 0.",
    part="length",
    replace=("beta**T", "beta ** (T - 1)"),
)
edit(
    "sum-of-entries",
    "Adds up the entries of c.",
    hint="A length is the root of the sum of squares.",
    part="length",
    replace=("c.square().sum().sqrt()", "c.abs().sum()"),
)
edit(
    "no-root",
    "Leaves out the root.",
    hint="A length is the root of the sum of squares.",
    part="length",
    replace=("c.square().sum().sqrt()", "c.square().sum()"),
)


@mistake(
    "distance-from-the-origin",
    "Gives the distance from the start instead of the length of the last update.",
    hint="How far is it from the parameters after T - 1 updates to those after T?",
    part="length",
)
def distance_from_the_origin(c, alpha, beta, T):
    return params_after(c, alpha, beta, T).norm()
