"""The gradients of the sum and of the mean of squares."""

import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, edit_alternative


def output_grads(pred, y):
    return 2 * pred - 2 * y, (pred - y) * (2 / pred.numel())


@cases("gradients")
def batches(rng: Rng):
    for n in (7, 1, 30, 500):
        pred, y = (rng.normal(n, 1, std=3.0, dtype=torch.float64) for _ in range(2))
        yield case(pred=pred, y=y, label=f"{n} points" if n > 1 else "a single point", rtol=1e-9)
    y = rng.normal(11, 1, dtype=torch.float64)
    yield case(pred=y.clone(), y=y, label="a perfect fit", rtol=1e-9)


@check("is what autograd finds", part="gradients")
def agrees(got, ref, inputs):
    if not isinstance(got, tuple | list) or len(got) != 2:
        return Finding("Two gradients are expected.", name="not-two")
    pred = inputs["pred"].clone().requires_grad_()
    squares = (pred - inputs["y"]).square()
    for name, mine, cost in (("g_sum", got[0], squares.sum()), ("g_mean", got[1], squares.mean())):
        (right,) = torch.autograd.grad(cost, pred, retain_graph=True)
        if not isinstance(mine, torch.Tensor) or mine.shape != right.shape or not torch.allclose(mine.double(), right, rtol=1e-8, atol=1e-10):
            return Finding(f"Autograd finds a different {name}.", name="wrong-gradient")
    return None


edit_alternative("squares-by-sum", part="gradients", replace=("2 * pred - 2 * y", "(pred - y) + (pred - y)"))
edit_alternative("divided", part="gradients", replace=("(pred - y) * (2 / pred.numel())", "(2 * (pred - y)).div(pred.shape[0])"))


@alternative(part="gradients")
def one_from_the_other(pred, y):
    g_sum = torch.sub(pred, y).mul(2.0)
    return g_sum, g_sum / len(y)


@alternative(part="gradients")
def row_by_row(pred, y):
    n = pred.size(0)
    g_sum = torch.stack([2 * (pred[k] - y[k]) for k in range(n)])
    return g_sum, torch.stack([2 / n * (pred[k] - y[k]) for k in range(n)])


@alternative(part="gradients")
def in_place(pred, y):
    g_mean = torch.empty_like(pred)
    g_mean[:] = (pred - y) / (0.5 * len(pred))
    return g_mean * len(pred), g_mean


edit(
    "no-two",
    "Leaves out the 2 of the square's derivative.",
    hint="What is the derivative of a square?",
    part="gradients",
    replace=[("2 * pred - 2 * y", "pred - y"), ("(2 / pred.numel())", "(1 / pred.numel())")],
)
edit(
    "same",
    "Gives the same gradient twice.",
    hint="The mean is the sum divided by N. What follows for its gradient?",
    part="gradients",
    replace=("(2 / pred.numel())", "2"),
)
edit(
    "sign",
    "Has the opposite sign.",
    hint="If an output is too large, a larger one costs more. What sign does that give?",
    part="gradients",
    replace=[("2 * pred - 2 * y", "2 * y - 2 * pred"), ("(pred - y) * (2", "(y - pred) * (2")],
)
edit(
    "swapped",
    "Gives the two in the wrong order.",
    hint="The gradient of the sum comes first.",
    part="gradients",
    replace=("2 * pred - 2 * y, (pred - y) * (2 / pred.numel())", "(pred - y) * (2 / pred.numel()), 2 * pred - 2 * y"),
)
edit(
    "reduced",
    "Adds up the gradient to a single number.",
    hint="Each output has a derivative of its own: only its own term depends on it.",
    part="gradients",
    replace=[("2 * pred - 2 * y", "(2 * pred - 2 * y).sum()"), ("(pred - y) * (2 / pred.numel())", "((pred - y) * (2 / pred.numel())).sum()")],
)
edit(
    "squared",
    "Gives the squares instead of their derivatives.",
    hint="The square falls by one power when it is differentiated.",
    part="gradients",
    replace=[("2 * pred - 2 * y", "(pred - y) ** 2"), ("(pred - y) * (2 / pred.numel())", "(pred - y) ** 2 / pred.numel()")],
)

edit(
    "targets-forgotten",
    "Leaves out the targets.",
    hint="The derivative of a square is twice what is squared: prediction minus target.",
    replace=("2 * pred - 2 * y, (pred - y) *", "2 * pred, pred *"),
)
