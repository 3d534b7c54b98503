"""Four neurons: the output in one line, and its six derivatives."""

import torch

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, fixture, script


def output(W1, b1, W2, b2, W3, b3, x):
    return torch.sigmoid(W3 @ torch.relu(W2 @ torch.relu(W1 @ x + b1) + b2) + b3)


def by_hand(W1, b1, W2, b2, W3, b3, x):
    z1 = W1 @ x + b1
    a1 = torch.relu(z1)
    z2 = W2 @ a1 + b2
    a2 = torch.relu(z2)
    d3 = torch.sigmoid(W3 @ a2 + b3) - 1
    d2 = (W3.T @ d3) * (z2 > 0)
    d1 = (W2.T @ d2) * (z1 > 0)
    return d1[:, None] * x, d1, d2[:, None] * a1, d2, d3[:, None] * a2, d3


def automatic(model, x):
    H = -torch.log(model(x)).sum()
    return list(torch.autograd.grad(H, list(model.parameters())))


def parameters(rng, *, on, dtype=torch.float64):
    """Parameters with which, at x, the first neuron is on, and those of the second layer as `on` says."""
    x = torch.tensor([0.5, -1.5], dtype=dtype) + rng.uniform(2, dtype=dtype)
    W1, W2, W3 = rng.normal(1, 2, dtype=dtype), rng.normal(2, 1, dtype=dtype), rng.normal(1, 2, dtype=dtype)
    a1 = 0.3 + rng.uniform(1, dtype=dtype)
    b1 = a1 - W1 @ x
    wanted = torch.tensor([1.0 if one else -1.0 for one in on], dtype=dtype) * (0.3 + rng.uniform(2, dtype=dtype))
    b2 = wanted - (W2 * a1).squeeze(1)
    return W1, b1, W2, b2, W3, rng.normal(1, dtype=dtype), x


def named(values):
    return dict(zip(("W1", "b1", "W2", "b2", "W3", "b3", "x"), values, strict=True))


NETWORKS = (("both units on", (True, True)), ("the second unit off", (True, False)), ("the first unit off", (False, True)))


@cases("line")
def lines(rng: Rng):
    for label, on in NETWORKS:
        yield case(**named(parameters(rng, on=on)), label=label, rtol=1e-8)
    W1, b1, *rest = parameters(rng, on=(True, True))
    yield case(**named([W1, b1 - 5, *rest]), label="the first neuron off", rtol=1e-8)


@cases("gradient")
def gradients(rng: Rng):
    for label, on in NETWORKS:
        yield case(**named(parameters(rng, on=on)), label=label, rtol=1e-8)
    W1, b1, *rest = parameters(rng, on=(True, True))
    yield case(**named([W1, b1 - 5, *rest]), label="the first neuron off", rtol=1e-8)


@cases("autograd")
def models(rng: Rng):
    for label, on in NETWORKS:
        *values, x = parameters(rng, on=on, dtype=torch.float32)
        for used in (False, True):
            s = script(f"{label}, {'used before' if used else 'fresh'}")
            model = s.call(fixture("network"), values, used=used, label="the network", compare=False)
            s.call("automatic", model, x, label="gradients")
            yield s


# --- one line -----------------------------------------------------------------------------------------------------


@alternative(part="line")
def with_functions(W1, b1, W2, b2, W3, b3, x):
    linear = torch.nn.functional.linear
    hidden = torch.relu(linear(x, W1, b1))
    return torch.sigmoid(linear(torch.relu(linear(hidden, W2, b2)), W3, b3))


@alternative(part="line")
def number_by_number(W1, b1, W2, b2, W3, b3, x):
    a = max(W1[0, 0] * x[0] + W1[0, 1] * x[1] + b1[0], torch.tensor(0.0, dtype=x.dtype))
    u, v = (torch.clamp(W2[i, 0] * a + b2[i], min=0) for i in range(2))
    z = W3[0, 0] * u + W3[0, 1] * v + b3[0]
    return (1 / (1 + torch.exp(-z))).reshape(1)


@alternative(part="line")
def as_a_module(W1, b1, W2, b2, W3, b3, x):
    model = torch.nn.Sequential(
        torch.nn.Linear(2, 1), torch.nn.ReLU(), torch.nn.Linear(1, 2), torch.nn.ReLU(), torch.nn.Linear(2, 1),
        torch.nn.Sigmoid(),
    ).double()  # fmt: skip
    with torch.no_grad():
        for own, value in zip(model.parameters(), (W1, b1, W2, b2, W3, b3), strict=True):
            own.copy_(value)
        return model(x)


@alternative(part="line")
def masks(W1, b1, W2, b2, W3, b3, x):
    z1 = torch.mv(W1, x).add(b1)
    z2 = torch.mv(W2, z1 * (z1 > 0)).add(b2)
    return torch.mv(W3, z2 * (z2 > 0)).add(b3).sigmoid()


@alternative(part="line")
def with_einsum(W1, b1, W2, b2, W3, b3, x):
    a1 = torch.relu(torch.einsum("ij,j->i", W1, x) + b1)
    a2 = torch.relu(torch.einsum("ij,j->i", W2, a1) + b2)
    return torch.sigmoid(torch.einsum("ij,j->i", W3, a2) + b3)


edit(
    "no-sigmoid",
    "Returns the sum of the last neuron.",
    hint="The last block of the network is a sigmoid.",
    part="line",
    replace=("torch.sigmoid(W3 @ torch.relu(W2 @ torch.relu(W1 @ x + b1) + b2) + b3)", "W3 @ torch.relu(W2 @ torch.relu(W1 @ x + b1) + b2) + b3"),
)
edit(
    "one-relu",
    "Leaves out the ReLU after the second layer.",
    hint="There are two ReLUs in the network, one after each of the first two layers.",
    part="line",
    replace=("torch.relu(W2 @ torch.relu(W1 @ x + b1) + b2)", "(W2 @ torch.relu(W1 @ x + b1) + b2)"),
)
edit(
    "first-relu-missing",
    "Leaves out the ReLU after the first layer.",
    hint="There are two ReLUs in the network, one after each of the first two layers.",
    part="line",
    replace=("torch.relu(W1 @ x + b1)", "(W1 @ x + b1)"),
)
edit(
    "relu-at-the-end",
    "Ends in a ReLU.",
    hint="The last block of the network is a sigmoid.",
    part="line",
    replace=("torch.sigmoid(", "torch.relu("),
)


# --- all of them --------------------------------------------------------------------------------------------------

edit_alternative("outer-products", part="gradient", replace=[
    ("d1[:, None] * x", "torch.outer(d1, x)"), ("d2[:, None] * a1", "torch.outer(d2, a1)"),
    ("d3[:, None] * a2", "torch.outer(d3, a2)"),
])  # fmt: skip
edit_alternative("row-times-matrix", part="gradient", replace=[("(W3.T @ d3)", "(d3 @ W3)"), ("(W2.T @ d2)", "(d2 @ W2)")])
edit_alternative("masks-of-outputs", part="gradient", replace=[("(z2 > 0)", "(a2 > 0)"), ("(z1 > 0)", "torch.sign(a1)")])


@alternative(part="gradient")
def in_numbers(W1, b1, W2, b2, W3, b3, x):
    z1 = (W1[0] * x).sum() + b1[0]
    a1 = z1 if z1 > 0 else 0 * z1
    z2 = [W2[i, 0] * a1 + b2[i] for i in range(2)]
    a2 = [z if z > 0 else 0 * z for z in z2]
    y = 1 / (1 + torch.exp(-(W3[0, 0] * a2[0] + W3[0, 1] * a2[1] + b3[0])))
    d3 = -1 / y * y * (1 - y)
    d2 = [d3 * W3[0, i] if z2[i] > 0 else 0 * d3 for i in range(2)]
    d1 = d2[0] * W2[0, 0] + d2[1] * W2[1, 0] if z1 > 0 else 0 * d3
    return (
        torch.stack([d1 * x[0], d1 * x[1]]).reshape(1, 2), d1.reshape(1),
        torch.stack([d2[0] * a1, d2[1] * a1]).reshape(2, 1), torch.stack(d2),
        torch.stack([d3 * a2[0], d3 * a2[1]]).reshape(1, 2), d3.reshape(1),
    )  # fmt: skip


@alternative(part="gradient")
def where_positive(W1, b1, W2, b2, W3, b3, x):
    zero = torch.zeros(1, dtype=x.dtype)
    z1 = W1.mv(x) + b1
    a1 = torch.maximum(z1, zero)
    z2 = W2.mv(a1) + b2
    a2 = torch.maximum(z2, zero)
    delta = torch.sigmoid(W3.mv(a2) + b3) - 1
    back = torch.where(z2 > 0, delta * W3[0], zero)
    first = torch.where(z1 > 0, (back * W2[:, 0]).sum(), zero)
    return (
        first.reshape(1, 1) @ x.reshape(1, 2), first, back.reshape(2, 1) @ a1.reshape(1, 1), back,
        delta.reshape(1, 1) @ a2.reshape(1, 2), delta,
    )  # fmt: skip


edit(
    "slope-twice",
    "Multiplies by the slope of the sigmoid once more.",
    hint="y - 1 is the product of the derivative of the logarithm and the slope of the sigmoid already.",
    part="gradient",
    replace=("torch.sigmoid(W3 @ a2 + b3) - 1", "(torch.sigmoid(W3 @ a2 + b3) - 1) * torch.sigmoid(W3 @ a2 + b3) * (1 - torch.sigmoid(W3 @ a2 + b3))"),
)
edit(
    "sign",
    "Has the sign of the error reversed.",
    hint="If the last sum grows, y grows and H falls: the derivative is negative.",
    part="gradient",
    replace=("torch.sigmoid(W3 @ a2 + b3) - 1", "1 - torch.sigmoid(W3 @ a2 + b3)"),
)
edit(
    "second-mask-missing",
    "Lets everything through the ReLU of the second layer.",
    hint="Is each of the two units on? Nothing comes back through one that is off.",
    part="gradient",
    replace=(" * (z2 > 0)", ""),
)
edit(
    "first-mask-missing",
    "Lets everything through the ReLU of the first layer.",
    hint="What comes back through the first neuron when it is off?",
    part="gradient",
    replace=(" * (z1 > 0)", ""),
)
edit(
    "sums-for-inputs",
    "Multiplies by the sums in front of the ReLU instead of the values after it.",
    hint="The input of a layer is what the ReLU has let through.",
    part="gradient",
    replace=[("d2[:, None] * a1", "d2[:, None] * z1"), ("d3[:, None] * a2", "d3[:, None] * z2")],
)
edit(
    "target-0",
    "Takes 0 for the desired output.",
    hint="The desired output is 1, so H is -log y.",
    part="gradient",
    replace=("torch.sigmoid(W3 @ a2 + b3) - 1", "torch.sigmoid(W3 @ a2 + b3)"),
)
edit(
    "from-the-end",
    "Returns the derivatives in the order in which they are found.",
    hint="The order is that of the parameters: the first layer comes first.",
    part="gradient",
    replace=(
        "d1[:, None] * x, d1, d2[:, None] * a1, d2, d3[:, None] * a2, d3",
        "d3[:, None] * a2, d3, d2[:, None] * a1, d2, d1[:, None] * x, d1",
    ),
)


# --- by autograd --------------------------------------------------------------------------------------------------


@alternative(part="autograd")
def with_backward(model, x):
    model.zero_grad()
    (-torch.log(model(x))).backward()
    return [parameter.grad for parameter in model.parameters()]


@alternative(part="autograd")
def with_the_cost_of_pytorch(model, x):
    for parameter in model.parameters():
        parameter.grad = None
    torch.nn.BCELoss()(model(x), torch.ones(1)).backward()
    return [one.grad.clone() for one in model.parameters()]


@alternative(part="autograd")
def with_an_optimizer(model, x):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    optimizer.zero_grad()
    cost = torch.nn.functional.binary_cross_entropy(model(x), torch.tensor([1.0]))
    cost.backward()
    return [parameter.grad for parameter in model.parameters()]


@alternative(part="autograd")
def by_name(model, x):
    model.zero_grad(set_to_none=True)
    y = model(x).squeeze()
    y.log().neg().backward()
    return [parameter.grad for _, parameter in model.named_parameters()]


@alternative(part="autograd")
def of_a_copy(model, x):
    import copy

    fresh = copy.deepcopy(model)
    fresh.zero_grad()
    (-fresh(x).log()).sum().backward()
    return [parameter.grad for parameter in fresh.parameters()]


edit(
    "left-over",
    "Adds to the gradients that were there before.",
    hint="`backward()` adds to `.grad`. Clear it first.",
    part="autograd",
    of=with_backward,
    replace=("    model.zero_grad()\n", ""),
)
edit(
    "output-instead-of-cost",
    "Differentiates the output instead of the cost.",
    hint="The gradient of H is wanted, and H is minus the logarithm of the output.",
    part="autograd",
    replace=("-torch.log(model(x)).sum()", "model(x).sum()"),
)
edit(
    "sign",
    "Has the opposite sign.",
    hint="H is *minus* the logarithm.",
    part="autograd",
    replace=("-torch.log(model(x)).sum()", "torch.log(model(x)).sum()"),
)
edit(
    "target-0",
    "Takes 0 for the desired output.",
    hint="The desired output is 1: H is minus the logarithm of y, not of 1 - y.",
    part="autograd",
    replace=("torch.log(model(x))", "torch.log(1 - model(x))"),
)
edit(
    "squared-error",
    "Takes the squared error for the cost.",
    hint="The cost is the cross entropy.",
    part="autograd",
    replace=("-torch.log(model(x)).sum()", "((model(x) - 1) ** 2).sum()"),
)
