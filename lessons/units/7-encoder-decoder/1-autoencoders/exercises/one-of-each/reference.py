"""A neuron from two labelled points, and how many of the others it gets right."""

import torch

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, plural


def two_points(F, Y, i, j, eta, steps):
    few = torch.stack([F[i], F[j]])
    wanted = torch.tensor([0.0, 1.0], dtype=F.dtype)
    w, b = torch.zeros_like(few[0]), torch.zeros((), dtype=F.dtype)
    for _ in range(steps):
        off = (torch.sigmoid(few @ w + b) - wanted) / 2
        w, b = w - eta * off @ few, b - eta * off.sum()
    right = ((F @ w + b) > 0).long() == Y
    total = right.sum() - right[i].long() - right[j].long()
    return w, b, total / (len(F) - 2)


def numbers(value):
    """Bias and share as tensors of float64 without dimensions, in whichever form a number comes."""
    if not isinstance(value, tuple | list) or len(value) != 3:
        return value
    return value[0], *(single(one) for one in value[1:])


def single(one):
    if isinstance(one, float | int) and not isinstance(one, bool):
        return torch.tensor(float(one), dtype=torch.float64)
    return one.detach().double().reshape(()) if isinstance(one, torch.Tensor) and one.numel() == 1 else one


@cases("pair")
def clouds(rng: Rng):
    """Clouds that overlap, so the share is never 1, and with the labelled points on wrong sides now and then."""
    for n, m, steps, eta in ((23, 3, 40, 0.2), (31, 1, 25, 0.3), (13, 5, 1, 0.5), (41, 2, 30, 0.1)):
        for _ in range(100):
            Y = rng.integers(0, 2, n)
            F = rng.normal(n, m, dtype=torch.float64) + 0.8 * Y[:, None] - 0.6
            white, black = (Y == 0).nonzero()[:, 0].tolist(), (Y == 1).nonzero()[:, 0].tolist()
            if not white or not black:
                continue
            i, j = rng.choice(white), rng.choice(black)
            w, b, share = two_points(F, Y, i, j, eta, steps)
            z = F @ w + b
            if 0.3 < share < 0.9 and z.abs().min() > 1e-6 and z[i] < 0 < z[j]:
                break
        yield case(
            F=F, Y=Y, i=i, j=j, eta=eta, steps=steps, canonical=numbers, rtol=1e-7,
            label=f'{plural(n, "point")} of {plural(m, "number")}, {plural(steps, "step")}',
        )  # fmt: skip


@alternative(part="pair")
def by_autograd(F, Y, i, j, eta, steps):
    layer = torch.nn.Linear(F.shape[1], 1).double()
    torch.nn.init.zeros_(layer.weight)
    torch.nn.init.zeros_(layer.bias)
    optimizer = torch.optim.SGD(layer.parameters(), lr=eta)
    for _ in range(steps):
        optimizer.zero_grad()
        z = layer(F[[i, j]]).squeeze(1)
        torch.nn.functional.binary_cross_entropy_with_logits(z, Y[[i, j]].double()).backward()
        optimizer.step()
    with torch.no_grad():
        right = (layer(F).squeeze(1) > 0) == (Y == 1)
    others = [number for number in range(len(F)) if number not in (i, j)]
    return layer.weight.detach()[0], layer.bias.item(), right[others].double().mean().item()


@alternative(part="pair")
def point_by_point(F, Y, i, j, eta, steps):
    w, b = torch.zeros(F.shape[1], dtype=F.dtype), 0.0
    for _ in range(steps):
        errors = [(1 / (1 + torch.exp(-(x @ w + b))) - y, x) for x, y in ((F[i], 0), (F[j], 1))]
        w = w - eta * sum(error * x for error, x in errors) / 2
        b = b - eta * sum(error for error, _ in errors) / 2
    right = sum(int((torch.sigmoid(x @ w + b) > 0.5) == y) for number, (x, y) in enumerate(zip(F, Y, strict=True)) if number not in (i, j))
    return w, b, right / (len(F) - 2)


@alternative(part="pair")
def with_a_column_of_ones(F, Y, i, j, eta, steps):
    G = torch.cat([F, torch.ones(len(F), 1, dtype=F.dtype)], 1)
    v = torch.zeros(G.shape[1], dtype=F.dtype)
    for _ in range(steps):
        v -= eta * (torch.sigmoid(G[[i, j]] @ v) - Y[[i, j]]) @ G[[i, j]] / 2
    kept = torch.ones(len(F), dtype=torch.bool)
    kept[i] = kept[j] = False
    return v[:-1], v[-1], ((G @ v > 0) == Y.bool())[kept].double().mean()


edit_alternative("labels-taken", part="pair", replace=("torch.tensor([0.0, 1.0], dtype=F.dtype)", "Y[[i, j]].to(F.dtype)"))
edit_alternative("probabilities", part="pair", replace=("((F @ w + b) > 0).long()", "(torch.sigmoid(F @ w + b) > 0.5).long()"))

edit(
    "all-points-counted",
    "Counts the two labelled points, too.",
    hint="The neuron was trained on them. Leave out rows i and j.",
    part="pair",
    replace=[("total = right.sum() - right[i].long() - right[j].long()", "total = right.sum()"), ("(len(F) - 2)", "len(F)")],
)
edit(
    "learns-from-all",
    "Trains on all points.",
    hint="The labels of the other points are not known while training. Use rows i and j only.",
    part="pair",
    replace=[("torch.stack([F[i], F[j]])", "F"), ("torch.tensor([0.0, 1.0], dtype=F.dtype)", "Y"), (" - wanted) / 2", " - wanted) / len(F)")],
)
edit(
    "sum-of-two",
    "Takes the sum over the two points instead of the mean.",
    hint="The cost is the mean of two terms, and so is the gradient.",
    part="pair",
    replace=(" - wanted) / 2", " - wanted)"),
)
edit(
    "colours-exchanged",
    "Exchanges white and black.",
    hint="Row i is white and has label 0, row j is black.",
    part="pair",
    replace=("torch.tensor([0.0, 1.0], dtype=F.dtype)", "torch.tensor([1.0, 0.0], dtype=F.dtype)"),
)
edit(
    "no-bias",
    "Has no bias.",
    hint="A neuron has weights and a bias. Without it the boundary must go through 0.",
    part="pair",
    replace=("b - eta * off.sum()", "b"),
)
edit(
    "wrong-threshold",
    "Compares the logit with one half.",
    hint="One half is the threshold of the probability. What logit has the probability one half?",
    part="pair",
    replace=("(F @ w + b) > 0)", "(F @ w + b) > 0.5)"),
)
edit(
    "wrong-ones",
    "Returns the share of wrong points.",
    hint="The share of points that are right is wanted.",
    part="pair",
    replace=("== Y", "!= Y"),
)

edit(
    "one-point-only",
    "Learns from one of the two points only.",
    hint="The cost is the mean over both points.",
    replace=("- wanted) / 2", "- wanted) / 2 * wanted"),
)
edit(
    "a-step-too-many",
    "Makes one step more than it should.",
    hint="`range(steps)` has `steps` numbers.",
    replace=("range(steps)", "range(steps + 1)"),
)
