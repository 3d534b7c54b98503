"""Clipping by norm, and layer-wise adaptive rate scaling."""

import torch

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, mistake


def clip_by_norm(g, c):
    length = g.square().sum().sqrt()
    return g * (c / length) if length > c else g.clone()


def lars_step(ws, grads, base_lr, eta, wd):
    result = []
    for w, g in zip(ws, grads, strict=True):
        size = w.norm()
        result.append(w - base_lr * (eta * size / (g.norm() + wd * size)) * (g + wd * w))
    return result


@cases("clip")
def gradients(rng: Rng):
    for label, size, c in (("long", (5, 3), 1.0), ("short", (7,), 100.0), ("a little too long", (3, 7), 4.0), ("long and large", (11, 5, 3), 2.5)):
        g = rng.normal(*size, dtype=torch.float64)
        yield case(g=g * (4.1 / g.norm()) if label == "a little too long" else 3 * g, c=c, label=label)
    yield case(g=torch.zeros(5, dtype=torch.float64), c=1.0, label="zeros")


@cases("lars")
def layers(rng: Rng):
    for wd in (0.0, 0.01, 0.5):
        ws = [rng.normal(*size, dtype=torch.float64) for size in ((5, 3), (7,), (6, 7))]
        grads = [10.0**power * rng.normal(*w.shape, dtype=torch.float64) for power, w in zip((-3, 0, 4), ws, strict=True)]
        yield case(ws=ws, grads=grads, base_lr=0.5, eta=0.02, wd=wd, label=f"three layers, wd = {wd}", rtol=1e-9)


@alternative(part="clip")
def with_min(g, c):
    norm = torch.linalg.vector_norm(g).item()
    return g * min(1.0, c / norm) if norm else g


@alternative(part="clip")
def with_where(g, c):
    norm = g.norm()
    return torch.where(norm > c, g / norm.clamp(min=1e-300) * c, g)


@alternative(part="clip")
def with_clamp(g, c):
    return g * (c / g.norm().clamp(min=c))


edit_alternative("by-vector-norm", part="clip", replace=("g.square().sum().sqrt()", "torch.linalg.vector_norm(g)"))
edit_alternative("at-least", part="clip", replace=("length > c", "length >= c"))

edit(
    "entries-clipped",
    "Clips each entry by itself, which changes the direction.",
    hint="The whole gradient is made shorter: every entry by the same factor.",
    part="clip",
    replace=("g * (c / length) if length > c else g.clone()", "g.clamp(-c, c)"),
)
edit(
    "always",
    "Gives every gradient the norm c.",
    hint="What is short enough stays as it is.",
    part="clip",
    replace=("g * (c / length) if length > c else g.clone()", "g * (c / length)"),
)
edit(
    "divided-by-c",
    "Divides by c.",
    hint="After a division by the norm the length is 1. It should be c.",
    part="clip",
    replace=("(c / length)", "(1 / (c * length))"),
)
edit(
    "length-1",
    "Shortens to the length 1 instead of c.",
    hint="After a division by the norm the length is 1. It should be c.",
    part="clip",
    replace=("(c / length)", "(1 / length)"),
)
edit(
    "other-norm",
    "Takes the sum of the absolute values for the norm.",
    hint="The norm is the root of the sum of squares.",
    part="clip",
    replace=("g.square().sum().sqrt()", "g.abs().sum()"),
)


@alternative(part="lars")
def by_comprehension(ws, grads, base_lr, eta, wd):
    def rate(w, g):
        return eta * torch.linalg.vector_norm(w) / (torch.linalg.vector_norm(g) + wd * torch.linalg.vector_norm(w))

    return [w - base_lr * rate(w, g) * (g + wd * w) for w, g in zip(ws, grads, strict=True)]


@alternative(part="lars")
def by_index(ws, grads, base_lr, eta, wd):
    new = []
    for i in range(len(ws)):
        w, g = ws[i].clone(), grads[i]
        local = eta * (w**2).sum().sqrt() / ((g**2).sum().sqrt() + wd * (w**2).sum().sqrt())
        w -= base_lr * local * (g + wd * w)
        new.append(w)
    return new


edit_alternative("two-terms", part="lars", replace=("(g + wd * w)", "g.add(w, alpha=wd)"))
edit_alternative("flat-norms", part="lars", replace=("w.norm()", "w.flatten().norm()"))
edit_alternative("as-floats", part="lars", replace=[("w.norm()", "w.norm().item()"), ("g.norm()", "g.norm().item()")])

edit(
    "no-local-rate",
    "Takes the same rate for all layers.",
    hint="Each layer has a rate of its own, by the sizes of its weights and of its gradient.",
    part="lars",
    replace=("(eta * size / (g.norm() + wd * size))", "eta"),
)
edit(
    "upside-down",
    "Has the local rate upside down.",
    hint="Where the gradient is large the rate must be small.",
    part="lars",
    replace=("(eta * size / (g.norm() + wd * size))", "(eta * (g.norm() + wd * size) / size)"),
)
edit(
    "no-decay-in-the-step",
    "Leaves the weight decay out of the step.",
    hint="The step goes along g plus wd times w.",
    part="lars",
    replace=("(g + wd * w)", "g"),
)
edit(
    "no-decay-in-the-rate",
    "Leaves the weight decay out of the local rate.",
    hint="The denominator has two terms.",
    part="lars",
    replace=("(g.norm() + wd * size)", "g.norm()"),
)
edit(
    "uphill",
    "Goes uphill.",
    hint="The step is subtracted.",
    part="lars",
    replace=("w - base_lr", "w + base_lr"),
)


@mistake(
    "one-norm-for-all",
    "Takes the norms over all layers together.",
    hint="Each layer has its own two norms.",
    part="lars",
)
def one_norm_for_all(ws, grads, base_lr, eta, wd):
    size = sum(w.square().sum() for w in ws).sqrt()
    length = sum(g.square().sum() for g in grads).sqrt()
    return [w - base_lr * eta * size / (length + wd * size) * (g + wd * w) for w, g in zip(ws, grads, strict=True)]
