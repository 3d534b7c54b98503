"""Deep networks on two moons, and what each layer's output is like."""

import torch
from sklearn.datasets import make_moons
from torch import nn

from grader.spec import Finding, Rng, alternative, cases, check, edit, edit_alternative, fixture, mistake, plural, script


def make_network(depth, normalised):
    layers, width = [], 2
    for _ in range(depth):
        layers += [nn.Linear(width, 10), *([nn.BatchNorm1d(10)] if normalised else []), nn.ReLU()]
        width = 10
    return nn.Sequential(*layers, nn.Linear(width, 1), nn.Sigmoid())


def train(model, X, Y):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(200):
        optimizer.zero_grad()
        nn.functional.binary_cross_entropy(model(X).squeeze(1), Y).backward()
        optimizer.step()
    return model


def layer_stats(model, X):
    model.eval()
    means, stds = [], []
    with torch.no_grad():
        for layer in model:
            X = layer(X)
            if isinstance(layer, nn.ReLU):
                means.append(X.mean(0))
                stds.append(X.std(0))
    return means, stds


def moons(rng, n):
    points, labels = make_moons(n_samples=n, noise=0.1, random_state=rng.integers(0, 10**6))
    X = torch.tensor(points).float()
    center, size = torch.tensor([0.5, 0.25]), torch.tensor([0.87, 0.5])
    return (X - center) / size, torch.tensor(labels).float()


@cases("network")
def networks(rng: Rng):
    for depth, normalised in ((4, False), (3, True), (1, False), (1, True), (6, True)):
        s = script(f"{plural(depth, 'hidden layer')}, {'with' if normalised else 'without'} normalisation")
        model = s.call("make_network", depth, normalised, label="the network", compare=False)
        s.observe(model, "parameters", "buffers", "loose", label="what it holds")
        shapes = [tuple(one.shape) for one in make_network(depth, normalised).parameters()]
        s.set(model, [0.6 * rng.normal(*shape) for shape in shapes])
        s.call(model, rng.normal(7, 2), label="its output in training mode")
        s.eval(model)
        s.call(model, rng.normal(3, 2), label="its output in prediction mode")
        yield s


@cases("train")
def two_moons(rng: Rng):
    for normalised in (False, True):
        held_out, labels = moons(rng, 200)
        s = script("with normalisation" if normalised else "without normalisation", truth=labels)
        start = s.call(fixture("network"), 4, normalised, rng.integers(0, 10**6), label="the network", compare=False)
        model = s.call("train", start, *moons(rng, 200), label="trained", compare=False)
        s.eval(model)
        s.ask(model, held_out)
        yield s


@check("95 % of held-out points are right", part="train")
def learned(got, ref, inputs):
    said = got["held-out"]
    if not isinstance(said, torch.Tensor) or tuple(said.shape) not in ((200, 1), (200,)):
        return Finding("The model that was returned gives no number for each point.", name="no-numbers")
    right = ((said.reshape(-1) > 0.5).float() == inputs["truth"]).float().mean().item()
    if right < 0.95:
        return Finding("Too few of the held-out points are right.", name="too-few", expected="95 %", got=f"{right:.1%}")
    return None


@cases("stats")
def looked_at(rng: Rng):
    for depth, normalised, n in ((4, False, 50), (3, True, 30), (1, True, 7), (7, False, 12)):
        s = script(f"{plural(depth, 'hidden layer')}, {'with' if normalised else 'without'} normalisation, {plural(n, 'point')}")
        model = s.call(fixture("network"), depth, normalised, rng.integers(0, 10**6), label="the network", compare=False)
        found = s.call("layer_stats", model, rng.normal(n, 2), label="statistics")
        s.call(fixture("averages"), model, label="running averages")
        s.call(fixture("tracked"), found, label="graphs")
        yield s


COUNT = "Print the model. Is there a hidden layer for each of `depth`, and what does the second argument say of each?"
"""What is said where a network has other parameters, as in exercise.yaml."""

# --- the network --------------------------------------------------------------------------------------------------


@alternative(part="network")
def appended(depth, normalised):
    model = nn.Sequential()
    for number in range(depth):
        model.append(nn.Linear(10 if number else 2, 10))
        if normalised:
            model.append(nn.BatchNorm1d(10))
        model.append(nn.ReLU())
    model.append(nn.Linear(10, 1))
    return model.append(nn.Sigmoid())


@alternative(part="network")
def from_widths(depth, normalised):
    widths = [2, *[10] * depth]
    layers = []
    for before, after in zip(widths, widths[1:], strict=False):
        layers.append(nn.Linear(before, after))
        layers.extend([nn.BatchNorm1d(after)] if normalised else [])
        layers.append(nn.ReLU(inplace=True))
    return nn.Sequential(*layers, nn.Linear(widths[-1], 1), nn.Sigmoid())


@alternative(part="network")
def by_comprehension(depth, normalised):
    middle = [
        layer
        for number in range(depth)
        for layer in (nn.Linear(2 if number == 0 else 10, 10), nn.BatchNorm1d(10) if normalised else None, nn.ReLU())
        if layer is not None
    ]
    return nn.Sequential(*middle, nn.Linear(10, 1), nn.Sigmoid())


edit_alternative("width-by-name", part="network", replace=("nn.Linear(width, 1)", "nn.Linear(in_features=width, out_features=1)"))
edit_alternative("eps-said", part="network", replace=("nn.BatchNorm1d(10)", "nn.BatchNorm1d(10, eps=1e-5, momentum=0.1)"))

edit(
    "after-the-activation",
    "Puts the normalisation behind the activation.",
    hint="That works too, but the prompt has it between the linear layer and the ReLU.",
    part="network",
    replace=("[nn.Linear(width, 10), *([nn.BatchNorm1d(10)] if normalised else []), nn.ReLU()]", "[nn.Linear(width, 10), nn.ReLU(), *([nn.BatchNorm1d(10)] if normalised else [])]"),
)
edit(
    "no-activation",
    "Leaves out the activation.",
    hint="Without a ReLU between them, linear layers are one linear layer.",
    part="network",
    replace=(", nn.ReLU()]", "]"),
)
edit(
    "never-normalised",
    "Never normalises.",
    hint=COUNT,
    part="network",
    replace=("if normalised else", "if False else"),
)
edit(
    "always-normalised",
    "Always normalises.",
    hint=COUNT,
    part="network",
    replace=("if normalised else", "if True else"),
)
edit(
    "no-sigmoid",
    "Ends without a sigmoid.",
    hint="The output is to be a probability.",
    part="network",
    replace=(", nn.Sigmoid())", ")"),
)
edit(
    "one-layer-too-many",
    "Has a hidden layer too many.",
    hint=COUNT,
    part="network",
    replace=("range(depth)", "range(depth + 1)"),
)


# --- training -----------------------------------------------------------------------------------------------------


@alternative(part="train")
def with_momentum(model, X, Y):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    for _ in range(400):
        optimizer.zero_grad()
        nn.BCELoss()(model(X), Y[:, None]).backward()
        optimizer.step()
    return model


edit_alternative("more-steps", part="train", replace=("range(200)", "range(500)"))

edit(
    "uphill",
    "Climbs instead of descending, and gets nearly everything wrong.",
    hint="The cost must fall. Has a sign been lost?",
    part="train",
    replace=(".backward()", ".neg().backward()"),
    when=lambda got, ref, inputs: right_share(got, inputs) < 0.4,
)


@mistake(
    "untrained",
    "Has not learned what separates the moons: it does little better than chance.",
    hint="Are the parameters changed, in enough steps, and do outputs and labels have the same size?",
    part="train",
    when=lambda got, ref, inputs: True,
)
def untrained(model, X, Y):
    return model


def right_share(got, inputs):
    return ((got["held-out"].reshape(-1) > 0.5).float() == inputs["truth"]).float().mean().item()


# --- layer by layer -----------------------------------------------------------------------------------------------


@alternative(part="stats")
def with_hooks(model, X):
    noted = []
    handles = [
        layer.register_forward_hook(lambda module, given, output: noted.append(output.detach().clone()))
        for layer in model
        if isinstance(layer, nn.ReLU)
    ]
    model.eval()
    model(X)
    for handle in handles:
        handle.remove()
    return [one.mean(dim=0) for one in noted], [one.std(dim=0) for one in noted]


@alternative(part="stats")
def detached(model, X):
    model.train(False)
    outputs = []
    for layer in model:
        X = layer(X)
        if type(layer).__name__ == "ReLU":
            outputs.append(X.detach())
    return ([torch.mean(one, 0) for one in outputs], [torch.std(one, 0) for one in outputs])


@alternative(part="stats")
def by_number(model, X):
    model.eval()
    result = ([], [])
    with torch.inference_mode():
        for number in range(len(model) - 2):
            X = model[number](X)
            if isinstance(model[number], nn.ReLU):
                centre = X.sum(0) / len(X)
                result[0].append(centre.clone())
                result[1].append((((X - centre) ** 2).sum(0) / (len(X) - 1)).sqrt())
    return result


edit_alternative("var-and-root", part="stats", replace=("X.std(0)", "X.var(0).sqrt()"))
edit_alternative("std-mean", part="stats", replace=[
    ("                means.append(X.mean(0))\n", "                std, mean = torch.std_mean(X, dim=0)\n                means.append(mean)\n"),
    ("stds.append(X.std(0))", "stds.append(std)"),
])  # fmt: skip

edit(
    "training-mode",
    "Leaves the model in training mode.",
    hint="The statistics of the mini-batch would normalise, and the running averages would move. Call `model.eval()` first.",
    part="stats",
    replace=("    model.eval()\n", "    model.train()\n"),
)
edit(
    "over-units",
    "Takes the statistics over the units instead of the points.",
    hint="One number for each unit: the points are dimension 0.",
    part="stats",
    replace=[("X.mean(0)", "X.mean(1)"), ("X.std(0)", "X.std(1)")],
)
edit(
    "over-everything",
    "Takes one number for a whole layer.",
    hint="One number for each unit: reduce over the points only.",
    part="stats",
    replace=[("X.mean(0)", "X.mean()"), ("X.std(0)", "X.std()")],
)
edit(
    "before-the-activation",
    "Takes the output of the linear layers.",
    hint="The statistics are those after the ReLU.",
    part="stats",
    replace=("isinstance(layer, nn.ReLU)", "isinstance(layer, nn.Linear) and layer.out_features == 10"),
)
edit(
    "biased",
    "Divides the squares by n.",
    hint="`std` divides by n - 1 unless told otherwise.",
    part="stats",
    replace=("X.std(0)", "X.std(0, correction=0)"),
)
edit(
    "graph-kept",
    "Returns tensors with their graph.",
    hint="Nothing is trained here: `torch.no_grad()`.",
    part="stats",
    replace=("with torch.no_grad()", "if True"),
)


@mistake(
    "always-the-points",
    "Feeds the points into every layer.",
    hint="Each layer gets the output of the one before it.",
    part="stats",
)
def always_the_points(model, X):
    model.eval()
    means, stds = [], []
    with torch.no_grad():
        first = torch.relu(model[0](X))
        for layer in model:
            if isinstance(layer, nn.ReLU):
                means.append(first.mean(0))
                stds.append(first.std(0))
    return means, stds
