"""One factor for a whole gradient."""

import torch

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, mistake


def clip(gradients, max_norm):
    norm = torch.cat([g.flatten() for g in gradients]).norm()
    factor = max_norm / norm if norm > max_norm else 1.0
    return [g * factor for g in gradients]


@cases("clip")
def networks(rng: Rng):
    sizes = [(7, 3), (7,), (5, 7), (5,)]
    yield case(gradients=[3 * rng.normal(*one) for one in sizes], max_norm=2.0, label="a gradient that is too large")
    yield case(gradients=[0.01 * rng.normal(*one) for one in sizes], max_norm=2.0, label="a small gradient")
    yield case(gradients=[rng.normal(6, 5, 3, dtype=torch.float64)], max_norm=0.05, label="one tensor in float64")
    yield case(gradients=[rng.normal(3), 100 * rng.normal(1), torch.zeros(2, 5)], max_norm=1.0, label="one tensor is much larger")
    yield case(gradients=[torch.zeros(3, 2), torch.zeros(5)], max_norm=0.5, label="nothing but zeros")
    yield case(gradients=[torch.tensor([3.0, 0.0]), torch.tensor([[0.0], [4.0]])], max_norm=5.0, label="exactly the bound")
    yield case(gradients=[-rng.uniform(5, 3) - 0.5, -rng.uniform(3)], max_norm=1.5, label="negative entries")


@alternative(part="clip")
def by_squares(gradients, max_norm):
    total = sum(float((g.double() ** 2).sum()) for g in gradients)
    factor = min(1.0, max_norm / max(total**0.5, 1e-300))
    return [factor * g for g in gradients]


@alternative(part="clip")
def norm_of_norms(gradients, max_norm):
    norm = torch.stack([torch.linalg.vector_norm(g) for g in gradients]).norm()
    if norm <= max_norm:
        return [g.clone() for g in gradients]
    return [g / norm * max_norm for g in gradients]


@alternative(part="clip")
def early_end(gradients, max_norm):
    import math

    norm = math.sqrt(sum(g.pow(2).sum().item() for g in gradients))
    scale = max_norm / norm if norm > max_norm else 1
    result = []
    for g in gradients:
        result.append(scale * g.clone())
    return result


edit_alternative("vectors", part="clip", replace=("g.flatten()", "g.reshape(-1)"))
edit_alternative("divides", part="clip", replace=("g * factor", "g / (1 / factor)"))

edit(
    "always-scaled",
    "Scales a gradient that is small enough, too.",
    hint="A gradient whose norm is within the bound stays as it is.",
    part="clip",
    replace=("max_norm / norm if norm > max_norm else 1.0", "max_norm / norm.clamp(min=1e-12)"),
)
edit(
    "largest-entry",
    "Takes the largest entry for the norm.",
    hint="The Euclidean norm is wanted: the square root of the sum of squares.",
    part="clip",
    replace=(".norm()", ".abs().max()"),
)
edit(
    "sum-of-entries",
    "Adds up the absolute values.",
    hint="The Euclidean norm is wanted: the square root of the sum of squares.",
    part="clip",
    replace=(".norm()", ".abs().sum()"),
)
edit(
    "squared-norm",
    "Forgets the square root.",
    hint="The sum of the squares is the square of the norm.",
    part="clip",
    replace=(".norm()", ".square().sum()"),
)


@mistake(
    "each-by-itself",
    "Clips every tensor by itself.",
    hint="The norm is that of all entries of all tensors together, and there is one factor.",
    part="clip",
)
def each_by_itself(gradients, max_norm):
    return [g * (max_norm / g.norm()) if g.norm() > max_norm else g.clone() for g in gradients]


@mistake(
    "entries-clamped",
    "Limits every single entry.",
    hint="All are multiplied by the same factor, so the direction stays.",
    part="clip",
)
def entries_clamped(gradients, max_norm):
    return [g.clamp(-max_norm, max_norm) for g in gradients]


@mistake(
    "sum-of-norms",
    "Adds up the norms of the tensors.",
    hint="Norms do not add up; their squares do.",
    part="clip",
)
def sum_of_norms(gradients, max_norm):
    norm = sum(g.norm() for g in gradients)
    factor = max_norm / norm if norm > max_norm else 1.0
    return [g * factor for g in gradients]

edit(
    "mean-of-norms",
    "Takes the mean of the tensors' norms.",
    hint="One norm for all entries: the root of the sum of all squares.",
    replace=("torch.cat([g.flatten() for g in gradients]).norm()", "torch.stack([g.norm() for g in gradients]).mean()"),
)
edit(
    "upside-down",
    "Multiplies by the inverse of the factor.",
    hint="The factor makes the norm smaller: it is `max_norm / norm`, below 1.",
    replace=("max_norm / norm if", "norm / max_norm if"),
)
