"""A rule with two inputs, found again by a network."""

import math

import torch
from torch import nn
from tutor import live

from grader.spec import Finding, Rng, alternative, cases, check, edit, edit_alternative, mistake, script


def make_data(n, noise, seed):
    draw = torch.Generator().manual_seed(seed)
    XY = torch.rand(n, 2, generator=draw) * torch.tensor([4.0, 1.5]) + torch.tensor([-2.0, 0.5])
    return XY, rule(XY) + noise * torch.randn(n, 1, generator=draw)


def rule(XY):
    x, y = XY.split(1, dim=1)
    return x + y + x * y + torch.sin(x * x / y)


def train(XY, Z):
    return descend(network(), XY, Z, 500)


def network():
    return nn.Sequential(nn.Linear(2, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 1))


def descend(model, XY, Z, steps):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for step in range(steps):
        optimizer.zero_grad()
        cost = nn.functional.mse_loss(model(XY), Z)
        cost.backward()
        optimizer.step()
        live.log({"cost": cost.item()}, step=step)
    return model


# --- cases --------------------------------------------------------------------------------------------------------

MANY, EXACT, AGAIN, OTHER = "2,000 points", "without noise", "the same seed", "another seed"


@cases("data")
def samples(rng: Rng):
    for noise in (0.1, 0.5):
        seed = rng.integers(0, 10**6)
        s = script(f"noise {noise}", weight=0, truth=noise)
        s.call("make_data", 2000, noise, seed, label=MANY, compare=False)
        s.call("make_data", 7, 0.0, seed, label=EXACT, compare=False)
        s.call("make_data", 2000, noise, seed, label=AGAIN, compare=False)
        s.call("make_data", 2000, noise, seed + 1, label=OTHER, compare=False)
        yield s


@check("shapes and dtypes", part="data")
def shaped(got, ref, inputs):
    for label, n in ((MANY, 2000), (EXACT, 7), (AGAIN, 2000), (OTHER, 2000)):
        pair = got[label]
        if not isinstance(pair, tuple | list) or len(pair) != 2 or not all(isinstance(one, torch.Tensor) for one in pair):
            return Finding("Two tensors are expected.", name="not-two")
        if tuple(pair[0].shape) != (n, 2):
            return Finding("XY has the wrong size.", name="not-points", expected=str((n, 2)), got=str(tuple(pair[0].shape)))
        if tuple(pair[1].shape) != (n, 1):
            return Finding("Z has the wrong size.", name="not-a-column", expected=str((n, 1)), got=str(tuple(pair[1].shape)))
        for name, one in zip(("XY", "Z"), pair, strict=True):
            if one.dtype != torch.float32:
                return Finding(f"{name} is not float32.", name="not-float32", got=str(one.dtype))
    return None


@check("points, rule and noise", part="data")
def sampled(got, ref, inputs):
    if shaped(got, ref, inputs) is not None:
        return Finding("Shapes and dtypes come first.", name="not-shaped")
    XY, Z = got[MANY]
    if not bool(torch.isfinite(XY).all() and torch.isfinite(Z).all()):
        return Finding("A number is not finite.", name="not-finite")
    for name, one, low, high in (("x", XY[:, 0], -2.0, 2.0), ("y", XY[:, 1], 0.5, 2.0)):
        least, most, mean = one.min().item(), one.max().item(), one.mean().item()
        if not (low - 1e-6 <= least <= low + 0.05 and high - 0.05 <= most <= high + 1e-6 and abs(mean - (low + high) / 2) < 0.15):
            return Finding(f"{name} is not uniform on its range.", name="other-range", expected=f"{low} to {high}", got=f"{least:.2f} to {most:.2f}, mean {mean:.2f}")
    if abs(torch.corrcoef(XY.T)[0, 1].item()) > 0.2:
        return Finding("x and y depend on each other.", name="dependent")
    points, exact = got[EXACT]
    if not torch.allclose(exact, rule(points), rtol=1e-4, atol=1e-4):
        return Finding("Without noise Z is not what the rule says.", name="other-rule")
    noise, wanted = Z - rule(XY), inputs["truth"]
    if abs(noise.mean().item()) > 0.15 or not 0.9 * wanted < noise.std().item() < 1.1 * wanted:
        return Finding("The noise has another standard deviation or mean.", name="other-noise", expected=f"{wanted}", got=f"{noise.std().item():.3f}, mean {noise.mean().item():.3f}")
    return None


@check("the seed decides", part="data")
def seeded(got, ref, inputs):
    if shaped(got, ref, inputs) is not None:
        return Finding("Shapes and dtypes come first.", name="not-shaped")
    if not all(torch.equal(a, b) for a, b in zip(got[MANY], got[AGAIN], strict=True)):
        return Finding("The same seed gives other points, or other noise.", name="not-repeated")
    if torch.equal(got[MANY][0], got[OTHER][0]) or torch.equal(got[MANY][1], got[OTHER][1]):
        return Finding("Another seed gives the same points.", name="seed-ignored")
    return None


@cases("train")
def fitted(rng: Rng):
    XY, Z = make_data(1000, 0.1, rng.integers(0, 10**6))
    held_out = make_data(5000, 0.0, rng.integers(0, 10**6))[0]
    s = script("1,000 points, noise 0.1", weight=0, truth=(XY, Z, held_out))
    model = s.call("train", XY, Z, label="training", compare=False)
    s.ask(model, held_out)
    yield s


@check("close to the rule on points that it has not seen", part="train")
def close(got, ref, inputs):
    XY, Z, held_out = inputs["truth"]
    said = got["held-out"]
    if not isinstance(said, torch.Tensor) or tuple(said.shape) != (5000, 1):
        return Finding("The model does not give a column of predictions.", name="no-column")
    right = rule(held_out)
    error = (said - right).square().mean().item()
    ones = torch.ones(5000, 1)
    line = torch.linalg.lstsq(torch.cat([XY, ones[: len(XY)]], 1), Z).solution
    linear = (torch.cat([held_out, ones], 1) @ line - right).square().mean().item()
    most = min(0.1, 0.25 * linear)
    if math.isfinite(error) and error < most:
        return None
    return Finding("The predictions are too far from the rule.", name="too-far", expected=f"below {most:.3f}", got=f"{error:.3f}")


# --- other right answers ------------------------------------------------------------------------------------------


@alternative(part="data")
def seeded_for_all(n, noise, seed):
    torch.manual_seed(seed)
    x, y = 4 * torch.rand(n, 1) - 2, 0.5 + 1.5 * torch.rand(n, 1)
    z = x + y + x * y + torch.sin(x**2 / y)
    return torch.cat([x, y], dim=1), z + noise * torch.randn(n, 1)


@alternative(part="data")
def with_distributions(n, noise, seed):
    torch.manual_seed(seed)
    x, y = torch.empty(n).uniform_(-2, 2), torch.empty(n).uniform_(0.5, 2)
    Z = (x + y + x * y + (x.square() / y).sin())[:, None]
    return torch.stack((x, y), 1), Z + torch.randn_like(Z) * noise


@alternative(part="data")
def from_numpy(n, noise, seed):
    import numpy as np

    draw = np.random.default_rng(seed)
    x, y = draw.uniform(-2, 2, n), draw.uniform(0.5, 2, n)
    z = x + y + x * y + np.sin(x**2 / y) + draw.normal(0, noise, n)
    return torch.tensor(np.column_stack([x, y])).float(), torch.tensor(z).float().reshape(n, 1)


@alternative(part="data")
def row_by_row(n, noise, seed):
    import random

    draw = random.Random(seed)
    rows = [(draw.uniform(-2, 2), draw.uniform(0.5, 2)) for _ in range(n)]
    values = [[x + y + x * y + math.sin(x**2 / y) + draw.gauss(0, noise)] for x, y in rows]
    return torch.tensor(rows), torch.tensor(values)


edit_alternative("factored", part="data", of=rule, replace=("x + y + x * y +", "(1 + x) * (1 + y) - 1 +"))

edit(
    "flat-targets",
    "Z is a vector, not a column.",
    hint="`XY[:, 0]` has the size n. `XY[:, :1]` is a column of size n x 1.",
    part="data",
    replace=("return XY, rule(XY) + noise * torch.randn(n, 1, generator=draw)", "return XY, (rule(XY) + noise * torch.randn(n, 1, generator=draw)).flatten()"),
    when=lambda got, ref, inputs: got[MANY][1].dim() == 1,
)
edit(
    "around-zero",
    "Lets y come close to 0, or below it.",
    hint="x²/y is enormous near y = 0, and the sine of it oscillates faster than any network can follow. y begins at 0.5.",
    part="data",
    replace=("[4.0, 1.5]) + torch.tensor([-2.0, 0.5])", "[4.0, 4.0]) + torch.tensor([-2.0, -2.0])"),
    when=lambda got, ref, inputs: (got[MANY][0][:, 1] < 0.4).double().mean().item() > 0.03,
)
edit(
    "no-noise",
    "Adds no noise.",
    hint="Normal numbers, `torch.randn`, times `noise`.",
    part="data",
    replace=(" + noise * torch.randn(n, 1, generator=draw)", ""),
    when=lambda got, ref, inputs: torch.allclose(got[MANY][1], rule(got[MANY][0]), atol=1e-3),
)
edit(
    "one-number-for-all",
    "Adds the same noise to all points.",
    hint="Each point has noise of its own: as many numbers as there are rows.",
    part="data",
    replace=("torch.randn(n, 1, generator=draw)", "torch.randn(1, generator=draw)"),
    when=lambda got, ref, inputs: (got[MANY][1] - rule(got[MANY][0])).std().item() < 1e-3,
)
edit(
    "uniform-noise",
    "The noise is not normal with that standard deviation.",
    hint="`torch.randn` has the standard deviation 1, `torch.rand` lies between 0 and 1. Multiply the first by `noise`.",
    part="data",
    replace=("torch.randn(n, 1, generator=draw)", "torch.rand(n, 1, generator=draw)"),
    when=lambda got, ref, inputs: sampled(got, ref, inputs).name == "other-noise",
)
edit(
    "noise-not-scaled",
    "The noise is not normal with that standard deviation.",
    hint="`torch.randn` has the standard deviation 1, `torch.rand` lies between 0 and 1. Multiply the first by `noise`.",
    part="data",
    replace=("noise * torch.randn", "noise**0.5 * torch.randn"),
    when=lambda got, ref, inputs: sampled(got, ref, inputs).name == "other-noise",
)
edit(
    "no-seed",
    "Draws other points each time.",
    hint="Give the seed to a `torch.Generator`, or to `torch.manual_seed`, before anything is sampled.",
    part="data",
    replace=("torch.Generator().manual_seed(seed)", "torch.Generator().manual_seed(torch.seed() % 2**40)"),
    when=lambda got, ref, inputs: seeded(got, ref, inputs).name == "not-repeated",
)
edit(
    "product-forgotten",
    "Leaves out a term of the rule, or has another one.",
    hint="x + y + xy + sin(x²/y): four terms.",
    part="data",
    of=rule,
    replace=(" + x * y +", " +"),
    when=lambda got, ref, inputs: sampled(got, ref, inputs).name == "other-rule",
)


edit_alternative("more-steps", part="train", replace=("500", "700"))


@alternative(part="train")
def in_mini_batches(XY, Z):
    model = nn.Sequential(nn.Linear(2, 50), nn.Tanh(), nn.Linear(50, 50), nn.Tanh(), nn.Linear(50, 1))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
    for _ in range(40):
        for places in torch.randperm(len(XY)).split(50):
            optimizer.zero_grad()
            (model(XY[places]) - Z[places]).pow(2).mean().backward()
            optimizer.step()
    return model


@alternative(part="train")
def with_a_module(XY, Z):
    class Regression(nn.Module):
        def __init__(self):
            super().__init__()
            self.hidden = nn.Sequential(nn.Linear(2, 64), nn.SiLU(), nn.Linear(64, 64), nn.SiLU())
            self.head = nn.Linear(64, 1)

        def forward(self, points):
            return self.head(self.hidden(points))

    return descend(Regression(), XY, Z, 600)


edit_alternative("one-wide-layer-more", part="train", of=network, replace=("nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 1)", "nn.Linear(64, 48), nn.ReLU(), nn.Linear(48, 48), nn.ReLU(), nn.Linear(48, 1)"))
edit_alternative("huber", part="train", of=descend, replace=("nn.functional.mse_loss(model(XY), Z)", "nn.functional.smooth_l1_loss(model(XY), Z)"))


def flat(got):
    """Whether the predictions hardly depend on the point."""
    return got["held-out"].std().item() < 0.3


@mistake(
    "flat",
    "Predicts nearly the same for all points: the network was not trained, or the targets do not have the size of the output.",
    hint="Print the shapes of the output and of `Z`. They have to be the same: (n, 1) and (n,) make a table of size n x n of differences.",
    part="train",
    when=lambda got, ref, inputs: flat(got),
)
def squeezed_targets(XY, Z):
    model = network()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(500):
        optimizer.zero_grad()
        ((model(XY) - Z.flatten()) ** 2).mean().backward()
        optimizer.step()
    return model


edit(
    "sigmoid-at-the-end",
    "Predicts numbers between 0 and 1 only.",
    hint="A sigmoid makes probabilities. What should the output of a regression be able to be?",
    part="train",
    of=network,
    replace=("nn.Linear(64, 1))", "nn.Linear(64, 1), nn.Sigmoid())"),
    when=lambda got, ref, inputs: 0 <= got["held-out"].min().item() and got["held-out"].max().item() <= 1,
)
edit(
    "relu-at-the-end",
    "Never predicts a negative number.",
    hint="The head of a network for regression is a linear neuron. What stands behind yours?",
    part="train",
    of=network,
    replace=("nn.Linear(64, 1))", "nn.Linear(64, 1), nn.ReLU())"),
    when=lambda got, ref, inputs: got["held-out"].min().item() >= 0 and not flat(got),
)
edit(
    "linear",
    "Predicts little better than a linear function can.",
    hint="Is there an activation between the linear layers? Are there enough steps, and does the network use both inputs?",
    part="train",
    of=network,
    replace=("nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), ", "nn.Linear(64, 64), "),
    when=lambda got, ref, inputs: close(got, ref, inputs).name == "too-far",
)
