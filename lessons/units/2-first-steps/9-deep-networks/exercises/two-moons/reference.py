"""Two moons: drawn, separated badly by one neuron, and well by a network with a hidden layer."""

import math

import numpy as np
import torch
from tutor import live

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, mistake, operations, script


def make_data(n, noise, seed):
    """As scikit-learn's make_moons draws them, without waiting for its import."""
    draw = np.random.RandomState(seed)
    outer, inner = np.linspace(0, np.pi, n // 2), np.linspace(0, np.pi, n - n // 2)
    points = np.concatenate(
        [np.stack([np.cos(outer), np.sin(outer)], 1), np.stack([1 - np.cos(inner), 0.5 - np.sin(inner)], 1)]
    )
    order = np.arange(n)
    draw.shuffle(order)
    points = points[order] + draw.normal(scale=noise, size=points.shape)
    return torch.tensor(points, dtype=torch.float32), torch.tensor(order >= n // 2).long()


def train_linear(X, Y):
    return descend(torch.nn.Linear(2, 1), X, Y, 1000)


def train_deep(X, Y):
    return descend(hidden(32), X, Y, 2000)


def hidden(width):
    return torch.nn.Sequential(torch.nn.Linear(2, width), torch.nn.ReLU(), torch.nn.Linear(width, 1))


def cross_entropy(z, Y):
    return torch.nn.functional.binary_cross_entropy_with_logits(z, Y)


def descend(model, X, Y, steps, rate=0.5, log=live.log):
    for step in range(steps):
        model.zero_grad()
        cost = cross_entropy(model(X).squeeze(1), Y)
        cost.backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter -= rate * parameter.grad
        log({"cost": cost.item()}, step=step)
    return torch.nn.Sequential(model, torch.nn.Sigmoid())


def moons(rng: Rng, n, noise=0.1):
    angle = rng.uniform(n, high=math.pi)
    Y = torch.arange(n) % 2
    X = torch.stack([torch.cos(angle), torch.sin(angle)], 1)
    X = torch.where((Y == 1)[:, None], torch.tensor([1.0, 0.5]) - X, X)
    return X + rng.normal(n, 2, std=noise), Y


def as_int(result):
    """The labels as integers, in whichever dtype they come."""
    if isinstance(result, tuple) and len(result) == 2 and isinstance(result[1], torch.Tensor):
        return result[0], result[1].long()
    return result


@cases("data")
def sizes(rng: Rng):
    for n, noise in ((7, 0.1), (500, 0.2), (31, 0.05)):
        label = f"{n} points, noise {noise}"
        yield case(n=n, noise=noise, seed=rng.integers(0, 1000), label=label, atol=1e-5, canonical=as_int)


def straight(rng: Rng):
    """Places along four lines through the moons, eleven on each, evenly spaced."""
    start, end = rng.uniform(4, 2, low=-1.0, high=0.5), rng.uniform(4, 2, low=0.5, high=2.0)
    way = torch.linspace(0, 1, 11)[:, None, None]
    return (start + way * (end - start)).reshape(-1, 2)


def trial(rng: Rng, entry):
    """A model is trained, and asked once: about points that it has not seen, and points along lines among them."""
    X, Y = moons(rng, 500)
    held_out, labels = moons(rng, 500)
    points = torch.cat([held_out, straight(rng)])
    order = rng.permutation(len(points))
    s = script("500 points, noise 0.1", truth=labels, order=order)
    model = s.call(entry, X, Y.float(), compare=False, label="training")
    s.call(model, points[order], label="held-out", observe=("work",), compare=False)  # only now are they sent
    yield s


@cases("linear")
def one_neuron(rng: Rng):
    yield from trial(rng, "train_linear")


@cases("deep")
def network(rng: Rng):
    yield from trial(rng, "train_deep")


def probabilities(value, count=500):
    """The answers as a vector of float64, or None where they are no probabilities."""
    if not isinstance(value, torch.Tensor) or value.numel() != count or value.dim() > 2:
        return None
    value = value.double().flatten()
    return value if bool(((value >= 0) & (value <= 1)).all()) else None


def asked(got, inputs):
    """The answers for the points in the order in which they were drawn, or None."""
    y = probabilities(got["held-out"], len(inputs["order"]))
    if y is None:
        return None
    there = torch.empty_like(y)
    there[inputs["order"]] = y
    return there


def accuracy(got, inputs):
    y = asked(got, inputs)
    return 0.0 if y is None else float(((y[:500] > 0.5) == (inputs["truth"] == 1)).double().mean())


def bend(got, inputs):
    """How far the logit is from a straight line: its second differences beside its range."""
    y = asked(got, inputs)
    if y is None:
        return math.inf
    y = y[500:]
    z = torch.logit(y.clamp(1e-4, 1 - 1e-4)).reshape(11, 4)
    inside = (y > 1e-3).reshape(11, 4) & (y < 1 - 1e-3).reshape(11, 4)
    second = (z[2:] - 2 * z[1:-1] + z[:-2])[inside[2:] & inside[1:-1] & inside[:-2]]
    return float(second.abs().max()) if len(second) else math.inf


NO_PROBABILITIES = Finding("A number from 0 to 1 is expected for each point.", name="no-probabilities")


@check("it gives probabilities, one for each point", part="linear")
def gives_probabilities(got, ref, inputs):
    return None if asked(got, inputs) is not None else NO_PROBABILITIES


@check("as many are right as the best line gets", part="linear", weight=2)
def as_a_line(got, ref, inputs):
    share, best = (accuracy(one, inputs) for one in (got, ref))
    if abs(share - best) <= 0.03:
        return None
    return Finding(
        f"{share:.1%} of the points that it has not seen are right.",
        name="out-of-band",
        expected=f"about {best:.0%}",
        got=f"{share:.1%}",
    )


@check("its level lines are straight", part="linear")
def straight_lines(got, ref, inputs):
    if bend(got, inputs) < 0.02:
        return None
    return Finding(
        "Along a straight line the logit of its probability is not linear: this is not a single neuron.", name="bent"
    )


@check("it gives probabilities, one for each point", part="deep")
def gives_them_too(got, ref, inputs):
    return None if asked(got, inputs) is not None else NO_PROBABILITIES


def compared_with_training_points(inputs):
    """Whether the answers came from a comparison with the 500 training points, or by nothing that a layer does."""
    work = inputs["observed"]["held-out"]["work"]
    asked = len(inputs["order"])
    layers = "addmm", "mm", "matmul", "linear", "bmm", "baddbmm", "mv", "addmv", "mul"
    applied = operations(work, *layers, where=lambda shapes: any(asked in shape for shape in shapes))
    return not applied or operations(work, where=lambda shapes: any(500 in shape for shape in shapes)) > 0


@check("the answers come from layers", part="deep", observation=True)
def from_layers(got, ref, inputs):
    if compared_with_training_points(inputs):
        return Finding("What answers is no network: the training points themselves are asked.", "memorised")
    return None


@check("97 percent of new points are right", part="deep", weight=3)
def generalises(got, ref, inputs):
    share = accuracy(got, inputs)
    if share >= 0.97:
        return None
    return Finding(
        f"{share:.1%} of the points that it has not seen are right.",
        name="out-of-band",
        expected="97% or more",
        got=f"{share:.1%}",
    )


# --- the points ---------------------------------------------------------------------------------------------------


@alternative(part="data")
def from_numpy(n, noise, seed):
    from sklearn.datasets import make_moons

    X, Y = make_moons(n_samples=n, noise=noise, random_state=seed)
    return torch.from_numpy(X).float(), torch.from_numpy(Y)


@alternative(part="data")
def labels_as_floats(n, noise, seed):
    from sklearn.datasets import make_moons

    X, Y = make_moons(n, noise=noise, random_state=seed)
    return torch.tensor(X, dtype=torch.float32), torch.tensor(Y, dtype=torch.float32)


@alternative(part="data")
def mapped(n, noise, seed):
    from sklearn import datasets

    X, Y = map(torch.tensor, datasets.make_moons(n_samples=n, shuffle=True, noise=noise, random_state=seed))
    return X.to(torch.float32), Y


@alternative(part="data")
def with_a_generator_of_numpy(n, noise, seed):
    from sklearn.datasets import make_moons

    X, Y = make_moons(n, noise=noise, random_state=np.random.RandomState(seed))
    return torch.as_tensor(X.astype(np.float32)), torch.as_tensor(Y.astype(np.int64))


@alternative(part="data")
def by_lists(n, noise, seed):
    from sklearn.datasets import make_moons

    X, Y = make_moons(n_samples=n, noise=noise, random_state=seed)
    return torch.tensor(X.tolist()), torch.tensor(Y.tolist())


edit(
    "points-in-double",
    "Leaves the points in float64.",
    hint="NumPy's floats are float64, and the layers are float32. Convert the points.",
    part="data",
    of=by_lists,
    replace=("torch.tensor(X.tolist()), torch.tensor(Y.tolist())", "torch.tensor(X), torch.tensor(Y)"),
)
edit(
    "no-noise",
    "Draws the moons without noise.",
    hint="All your points lie exactly on two half circles. Pass the noise on.",
    part="data",
    replace=("scale=noise", "scale=0.0"),
)


@mistake(
    "labels-as-a-column",
    "Gives the labels the size (n, 1).",
    hint="One label for each point: a vector of size n, without a second dimension.",
    part="data",
)
def labels_as_a_column(n, noise, seed):
    X, Y = make_data(n, noise, seed)
    return X, Y[:, None]


@mistake(
    "colours-swapped",
    "Swaps the two labels.",
    hint="Black is 1 and white is 0, as `make_moons` has them. Yours are swapped.",
    part="data",
)
def colours_swapped(n, noise, seed):
    X, Y = make_data(n, noise, seed)
    return X, 1 - Y


@mistake(
    "arrays",
    "Returns NumPy arrays.",
    hint="Tensors are expected. `torch.tensor(array)` turns an array into one.",
    part="data",
)
def arrays(n, noise, seed):
    X, Y = make_data(n, noise, seed)
    return X.numpy(), Y.numpy()


@mistake(
    "seed-ignored",
    "Makes other points than `make_moons` does with this seed.",
    hint="The same seed must always give the same points. Which argument of `make_moons` is it?",
    part="data",
    when=lambda got, ref, inputs: got[0].shape == ref[0].shape and not torch.allclose(got[0], ref[0], atol=1e-4),
)
def seed_ignored(n, noise, seed):
    return make_data(n, noise, seed + 1)


# --- one neuron ---------------------------------------------------------------------------------------------------


@alternative(part="linear")
def with_an_optimiser(X, Y):
    model = torch.nn.Sequential(torch.nn.Linear(2, 1), torch.nn.Sigmoid())
    optimiser, loss = torch.optim.SGD(model.parameters(), lr=0.5), torch.nn.BCELoss()
    for step in range(800):
        optimiser.zero_grad()
        cost = loss(model(X).flatten(), Y)
        cost.backward()
        optimiser.step()
        live.log({"cost": cost.item()}, step=step)
    return model


@alternative(part="linear")
def by_hand(X, Y):
    w, b = torch.zeros(2), torch.zeros(())
    for _ in range(1500):
        error = torch.sigmoid(X @ w + b) - Y
        w, b = w - 0.5 * X.T @ error / len(X), b - 0.5 * error.mean()
    return lambda points: torch.sigmoid(points @ w + b)


@alternative(part="linear")
def with_adam(X, Y):
    linear = torch.nn.Linear(2, 1)
    optimiser = torch.optim.Adam(linear.parameters(), lr=0.05)
    for _ in range(600):
        optimiser.zero_grad()
        cross_entropy(linear(X), Y[:, None]).backward()
        optimiser.step()

    @torch.no_grad()
    def predict(points):
        return torch.sigmoid(linear(points)).squeeze(1)

    return predict


@alternative(part="linear")
def a_module(X, Y):
    class Neuron(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.linear = torch.nn.Linear(2, 1)

        def forward(self, x):
            return torch.sigmoid(self.linear(x))[:, 0]

    model = Neuron()
    for _ in range(1000):
        model.zero_grad()
        y = model(X)
        (-(Y * torch.log(y) + (1 - Y) * torch.log(1 - y)).mean()).backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter -= 0.3 * parameter.grad
    return model


@alternative(part="linear")
def two_scores(X, Y):
    linear = torch.nn.Linear(2, 2)
    optimiser = torch.optim.SGD(linear.parameters(), lr=0.3)
    for _ in range(1000):
        optimiser.zero_grad()
        torch.nn.functional.cross_entropy(linear(X), Y.long()).backward()
        optimiser.step()
    return lambda points: torch.softmax(linear(points), dim=1)[:, 1]


def spread(got, inputs):
    y = asked(got, inputs)
    return 1.0 if y is None else float(y.max() - y.min())


edit(
    "logits",
    "Returns the numbers before the sigmoid.",
    hint="Some of your numbers are below 0 or above 1. Apply the sigmoid in what you return.",
    part="linear",
    replace=("X, Y, 1000)", "X, Y, 300)[0]"),
    when=lambda got, ref, inputs: outside(got["held-out"]),
)


def outside(value):
    return isinstance(value, torch.Tensor) and bool(((value < 0) | (value > 1)).any())


@mistake(
    "hidden-already",
    "Trains more than a single neuron.",
    hint="One neuron has a straight boundary, and yours bends. Keep the hidden layer for the second model.",
    part="linear",
    when=lambda got, ref, inputs: bend(got, inputs) >= 0.02 and accuracy(got, inputs) > 0.93,
)
def hidden_already(X, Y):
    return train_deep(X, Y)


@mistake(
    "softmax-of-one",
    "Gives all points the same number, as a softmax of a single number does.",
    hint="A softmax over one number is always 1. One neuron needs a sigmoid.",
    part="linear",
    when=lambda got, ref, inputs: spread(got, inputs) == 0.0,
)
def softmax_of_one(X, Y):
    return torch.nn.Sequential(descend(torch.nn.Linear(2, 1), X, Y, 10)[0], torch.nn.Softmax(dim=1))


@mistake(
    "column-against-labels",
    "Hardly tells the points apart: either a column met the labels, or there was next to no training.",
    hint="Print the shapes of outputs and labels: where (n, 1) meets (n,), both are broadcast. Squeeze the output.",
    part="linear",
    when=lambda got, ref, inputs: 0 < spread(got, inputs) < 0.1,
)
def column_against_labels(X, Y):
    model = torch.nn.Sequential(torch.nn.Linear(2, 1), torch.nn.Sigmoid())
    optimiser = torch.optim.SGD(model.parameters(), lr=0.5)
    for _ in range(500):
        optimiser.zero_grad()
        y = model(X)
        (-(Y * torch.log(y) + (1 - Y) * torch.log(1 - y)).mean()).backward()
        optimiser.step()
    return model


@mistake(
    "white-for-black",
    "Either gives the probability of white, or was trained uphill.",
    hint="Nearly all your answers are on the wrong side. Does the step go downhill, and is 1 the label of black?",
    part="linear",
    when=lambda got, ref, inputs: accuracy(got, inputs) < 0.3,
)
def white_for_black(X, Y):
    return train_linear(X, 1 - Y)


@mistake(
    "too-little-trained",
    "Its line is not the best one: either it trains too little, or something else leads it astray.",
    hint="Its line is not the best one yet. Draw the cost: does it still fall when you stop?",
    part="linear",
    when=lambda got, ref, inputs: True,
)
def too_little_trained(X, Y):
    linear = torch.nn.Linear(2, 1)
    with torch.no_grad():
        linear.weight.copy_(torch.tensor([[1.0, 0.3]]))
        linear.bias.zero_()
    return descend(linear, X, Y, 2, rate=0.1)


# --- the network --------------------------------------------------------------------------------------------------


@alternative(part="deep")
def two_hidden_layers(X, Y):
    model = torch.nn.Sequential(
        torch.nn.Linear(2, 16), torch.nn.ReLU(), torch.nn.Linear(16, 16), torch.nn.ReLU(), torch.nn.Linear(16, 1)
    )
    optimiser = torch.optim.Adam(model.parameters(), lr=0.01)
    for step in range(600):
        optimiser.zero_grad()
        cost = cross_entropy(model(X).squeeze(1), Y)
        cost.backward()
        optimiser.step()
        live.log({"cost": cost.item()}, step=step)
    return torch.nn.Sequential(model, torch.nn.Sigmoid())


@alternative(part="deep")
def two_outputs(X, Y):
    model = torch.nn.Sequential(torch.nn.Linear(2, 32), torch.nn.Tanh(), torch.nn.Linear(32, 2), torch.nn.LogSoftmax(dim=1))
    optimiser, loss = torch.optim.Adam(model.parameters(), lr=0.03), torch.nn.NLLLoss()
    for _ in range(600):
        optimiser.zero_grad()
        loss(model(X), Y.long()).backward()
        optimiser.step()
    return lambda points: model(points).exp()[:, 1]


@alternative(part="deep")
def in_mini_batches(X, Y):
    model = torch.nn.Sequential(hidden(32), torch.nn.Sigmoid())
    optimiser, loss = torch.optim.SGD(model.parameters(), lr=0.5), torch.nn.BCELoss()
    data = torch.utils.data.TensorDataset(X, Y[:, None])
    for _ in range(80):
        for points, labels in torch.utils.data.DataLoader(data, batch_size=50, shuffle=True):
            optimiser.zero_grad()
            loss(model(points), labels).backward()
            optimiser.step()
    return model


@alternative(part="deep")
def layers_by_name(X, Y):
    class Network(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.first, self.second = torch.nn.Linear(2, 64), torch.nn.Linear(64, 1)

        def forward(self, x):
            return torch.sigmoid(self.second(torch.relu(self.first(x)))).squeeze(1)

    model = Network()
    optimiser = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(800):
        optimiser.zero_grad()
        torch.nn.functional.binary_cross_entropy(model(X), Y).backward()
        optimiser.step()
    return model


@alternative(part="deep")
def with_tensors_only(X, Y):
    W1, b1 = torch.randn(2, 32), torch.randn(32)
    W2, b2 = torch.randn(32) / 6, torch.zeros(())
    parameters = [one.requires_grad_() for one in (W1, b1, W2, b2)]
    for _ in range(2000):
        z = torch.relu(X @ W1 + b1) @ W2 + b2
        gradients = torch.autograd.grad((torch.nn.functional.softplus(z) - Y * z).mean(), parameters)
        with torch.no_grad():
            for parameter, one in zip(parameters, gradients, strict=True):
                parameter -= 0.4 * one
    return lambda points: torch.sigmoid(torch.relu(points @ W1 + b1) @ W2 + b2)


@mistake(
    "memorised",
    "Looks up the nearest training points instead of training a network.",
    hint="Nothing is learned there. Train layers, and answer with their parameters alone, without the training points.",
    part="deep",
    when=lambda got, ref, inputs: compared_with_training_points(inputs),
)
def memorised(X, Y):
    return lambda points: Y[torch.cdist(points, X).argmin(dim=1)]


edit(
    "scores-returned",
    "Returns the numbers before the sigmoid.",
    hint="Some of your numbers are below 0 or above 1. Apply the sigmoid in what you return.",
    part="deep",
    replace=("hidden(32), X, Y, 2000)", "hidden(16), X, Y, 300)[0]"),
    when=lambda got, ref, inputs: outside(got["held-out"]),
)


@mistake(
    "constant",
    "Gives all points the same number, as a softmax of a single number does.",
    hint="A softmax over one number is always 1. One neuron needs a sigmoid.",
    part="deep",
    when=lambda got, ref, inputs: spread(got, inputs) == 0.0,
)
def constant(X, Y):
    return torch.nn.Sequential(descend(hidden(16), X, Y, 10)[0], torch.nn.Softmax(dim=1))


@mistake(
    "broadcast",
    "Hardly tells the points apart: either a column met the labels, or there was next to no training.",
    hint="Print the shapes of outputs and labels: where (n, 1) meets (n,), both are broadcast. Squeeze the output.",
    part="deep",
    when=lambda got, ref, inputs: 0 < spread(got, inputs) < 0.1,
)
def broadcast(X, Y):
    model = torch.nn.Sequential(hidden(16), torch.nn.Sigmoid())
    optimiser = torch.optim.SGD(model.parameters(), lr=0.5)
    for _ in range(800):
        optimiser.zero_grad()
        y = model(X)
        (-(Y * torch.log(y) + (1 - Y) * torch.log(1 - y)).mean()).backward()
        optimiser.step()
    return model


@mistake(
    "no-activation",
    "Has no activation between the layers.",
    hint="Your boundary is a straight line, in spite of the layers. Two linear layers are one: put a ReLU between them.",
    part="deep",
    when=lambda got, ref, inputs: bend(got, inputs) < 0.02,
)
def no_activation(X, Y):
    return descend(torch.nn.Sequential(torch.nn.Linear(2, 16), torch.nn.Linear(16, 1)), X, Y, 800, rate=0.2)


edit(
    "stopped-early",
    "Bends too little: either it trains too little, or it has too few neurons.",
    hint="It bends, but not enough yet. Draw the cost: does it still fall when you stop? More steps, or larger ones.",
    part="deep",
    replace=("2000", "30"),
    when=lambda got, ref, inputs: True,
)
