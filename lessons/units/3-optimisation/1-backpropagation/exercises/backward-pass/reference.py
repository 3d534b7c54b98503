"""The backward pass of a network with one hidden layer, each derivative from the one before."""

import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, edit_alternative, mistake


def jacobian(U):
    return torch.eye(len(U), dtype=U.dtype) - torch.softmax(U, 0)


def backward_pass(X, W1, b1, W2, b2, target):
    Z1 = W1 @ X + b1
    Y1 = torch.clamp(Z1, min=0)
    label = torch.nn.functional.one_hot(torch.tensor(target), len(b2))
    dZ2 = torch.softmax(W2 @ Y1 + b2, 0) - label
    dY1 = dZ2 @ W2
    dZ1 = dY1 * (Z1 > 0)
    return dZ2, dZ2[:, None] * Y1, dZ2, dY1, dZ1, dZ1[:, None] * X, dZ1


def by_autograd(X, W1, b1, W2, b2, target):
    """What autograd finds, in the order of the prompt."""
    W1, b1, W2, b2 = (one.clone().requires_grad_() for one in (W1, b1, W2, b2))
    Z1 = W1 @ X + b1
    Y1 = torch.relu(Z1)
    Z2 = W2 @ Y1 + b2
    H = -torch.log_softmax(Z2, 0)[target]
    return torch.autograd.grad(H, [Z2, W2, b2, Y1, Z1, W1, b1])


@cases("log-softmax")
def scores(rng: Rng):
    for c in (10, 3, 7):
        yield case(U=2 * rng.normal(c, dtype=torch.float64), label=f"{c} classes", rtol=1e-8)


@check("is what autograd finds", part="log-softmax")
def rows(got, ref, inputs):
    right = torch.autograd.functional.jacobian(lambda u: torch.log_softmax(u, 0), inputs["U"])
    if isinstance(got, torch.Tensor) and got.shape == right.shape and torch.allclose(got, right, atol=1e-10):
        return None
    return Finding("Autograd finds different derivatives of LogSoftmax.", name="not-the-jacobian")


@cases("whole")
def networks(rng: Rng):
    for d, h, c in ((5, 4, 3), (7, 3, 2), (784, 20, 10)):
        W1, W2 = rng.normal(h, d, dtype=torch.float64) / d**0.5, rng.normal(c, h, dtype=torch.float64)
        b1, b2 = rng.normal(h, dtype=torch.float64), rng.normal(c, dtype=torch.float64)
        X = rng.normal(d, dtype=torch.float64)
        off = W1 @ X + b1
        b1[0] += 0.5 - off[0]  # one unit on, one off, whatever was sampled
        b1[1] -= 0.5 + off[1]
        yield case(
            X=X, W1=W1, b1=b1, W2=W2, b2=b2, target=rng.integers(0, c),
            label=f"{d} inputs, {h} hidden, {c} classes", rtol=1e-8,
        )


@check("is what autograd finds", part="whole")
def agrees(got, ref, inputs):
    right = by_autograd(*(inputs[name] for name in ("X", "W1", "b1", "W2", "b2", "target")))
    names = ("dZ2", "dW2", "db2", "dY1", "dZ1", "dW1", "db1")
    if not isinstance(got, tuple | list) or len(got) != len(names):
        return Finding("Seven derivatives are expected.", name="not-seven")
    for name, mine, theirs in zip(names, got, right, strict=True):
        if not isinstance(mine, torch.Tensor) or mine.shape != theirs.shape:
            return Finding(f"{name} does not have the size of what it belongs to.", name="wrong-size")
        if not torch.allclose(mine.double(), theirs, rtol=1e-8, atol=1e-10):
            return Finding(f"Autograd finds a different {name}.", name="wrong-gradient")
    return None


# --- through LogSoftmax -------------------------------------------------------------------------------------------

edit_alternative(
    "ones-times-row", part="log-softmax",
    replace=("torch.softmax(U, 0)", "torch.ones(len(U), 1, dtype=U.dtype) * torch.softmax(U, 0)"),
)


@alternative(part="log-softmax")
def entry_by_entry(U):
    Y = U.exp() / U.exp().sum()
    J = torch.empty(len(U), len(U), dtype=torch.float64)
    for m in range(len(U)):
        for n in range(len(U)):
            J[m, n] = 1 - Y[n] if m == n else -Y[n]
    return J


@alternative(part="log-softmax")
def diagonal_raised(U):
    J = -torch.softmax(U, dim=0).repeat(U.numel(), 1)
    J.diagonal().add_(1)
    return J


@alternative(part="log-softmax")
def from_the_logarithms(U):
    V = torch.log_softmax(U, dim=-1)
    return torch.diag(torch.ones_like(U)) - torch.exp(V).unsqueeze(0)


@alternative(part="log-softmax")
def with_einsum(U):
    return torch.eye(U.shape[0]).double() - torch.einsum("m,n->mn", torch.ones_like(U), torch.softmax(U, 0))


edit(
    "transposed",
    "Subtracts the probabilities column by column.",
    hint="Row m belongs to output m. The second term is the same in every row: which index does its probability have?",
    part="log-softmax",
    replace=("torch.softmax(U, 0)", "torch.softmax(U, 0)[:, None]"),
)
edit(
    "of-the-softmax",
    "Is the Jacobian of the softmax, without the logarithm.",
    hint="The logarithm is part of the function. Differentiate u_m minus the logarithm of the sum.",
    part="log-softmax",
    replace=(
        "torch.eye(len(U), dtype=U.dtype) - torch.softmax(U, 0)",
        "torch.diag(torch.softmax(U, 0)) - torch.outer(torch.softmax(U, 0), torch.softmax(U, 0))",
    ),
)
edit(
    "diagonal-only",
    "Leaves out how an output depends on the other inputs.",
    hint="The sum in the logarithm contains every input, so every output depends on every input.",
    part="log-softmax",
    replace=(
        "torch.eye(len(U), dtype=U.dtype) - torch.softmax(U, 0)", "torch.diag(1 - torch.softmax(U, 0))"
    ),
)
edit(
    "sign",
    "Has the opposite sign.",
    hint="If an input grows, its own output grows, and the other outputs fall.",
    part="log-softmax",
    replace=(
        "torch.eye(len(U), dtype=U.dtype) - torch.softmax(U, 0)",
        "torch.softmax(U, 0) - torch.eye(len(U), dtype=U.dtype)",
    ),
)
edit(
    "logarithms",
    "Subtracts the logarithms of the probabilities.",
    hint="The derivative of log s is 1/s times the derivative of s. What is e to the u_n, over the sum?",
    part="log-softmax",
    replace=("torch.softmax(U, 0)", "torch.log_softmax(U, 0)"),
)


# --- the whole way ------------------------------------------------------------------------------------------------

edit_alternative("outer-products", part="whole", replace=[
    ("dZ2[:, None] * Y1", "torch.outer(dZ2, Y1)"), ("dZ1[:, None] * X", "torch.outer(dZ1, X)"),
])  # fmt: skip
edit_alternative("by-the-output", part="whole", replace=("(Z1 > 0)", "(Y1 > 0).double()"))


@alternative(part="whole")
def less_one(X, W1, b1, W2, b2, target):
    Z1 = torch.addmv(b1, W1, X)
    Y1 = torch.relu(Z1)
    dZ2 = torch.softmax(torch.addmv(b2, W2, Y1), dim=0)
    dZ2[target] -= 1
    dY1 = W2.T @ dZ2
    dZ1 = torch.where(Z1 > 0, dY1, torch.zeros_like(dY1))
    return dZ2, torch.outer(dZ2, Y1), dZ2, dY1, dZ1, torch.outer(dZ1, X), dZ1


@alternative(part="whole")
def through_the_jacobian(X, W1, b1, W2, b2, target):
    Z1 = W1 @ X + b1
    Y1 = Z1 * (Z1 >= 0)
    Z2 = W2 @ Y1 + b2
    dlog = torch.zeros_like(Z2)
    dlog[target] = -1
    dZ2 = jacobian(Z2).T @ dlog
    dY1 = (dZ2[:, None] * W2).sum(0)
    dZ1 = torch.diag((Z1 >= 0).to(Z1.dtype)) @ dY1
    return dZ2, dZ2.reshape(-1, 1) @ Y1.reshape(1, -1), dZ2.clone(), dY1, dZ1, dZ1.unsqueeze(1) @ X.unsqueeze(0), dZ1


@alternative(part="whole")
def with_loops(X, W1, b1, W2, b2, target):
    h, c = len(b1), len(b2)
    Z1 = W1 @ X + b1
    Y1 = Z1.clamp(min=0)
    P = torch.softmax(W2 @ Y1 + b2, 0)
    dZ2 = torch.stack([P[k] - (1 if k == target else 0) for k in range(c)])
    dY1 = torch.stack([sum(dZ2[k] * W2[k, m] for k in range(c)) for m in range(h)])
    dZ1 = torch.stack([dY1[m] if Z1[m] > 0 else torch.zeros_like(dY1[m]) for m in range(h)])
    return dZ2, torch.einsum("k,m->km", dZ2, Y1), dZ2, dY1, dZ1, torch.einsum("p,q->pq", dZ1, X), dZ1


edit(
    "no-mask",
    "Lets everything through the ReLU.",
    hint="Which hidden units were switched off on the way there? What should come back through them?",
    part="whole",
    replace=("dY1 * (Z1 > 0)", "dY1"),
)
edit(
    "sign",
    "Has the sign of the error reversed.",
    hint="A larger score for the true class must lower H. What sign should the derivative at the true class have?",
    part="whole",
    replace=("torch.softmax(W2 @ Y1 + b2, 0) - label", "label - torch.softmax(W2 @ Y1 + b2, 0)"),
)
edit(
    "error-without-label",
    "Takes the probabilities for the error.",
    hint="The label is missing: the error is what the network says, less what is true.",
    part="whole",
    replace=("torch.softmax(W2 @ Y1 + b2, 0) - label", "torch.softmax(W2 @ Y1 + b2, 0)"),
)
edit(
    "scores",
    "Takes the scores for the probabilities.",
    hint="The softmax is missing: the error compares probabilities with the label.",
    part="whole",
    replace=("torch.softmax(W2 @ Y1 + b2, 0) - label", "W2 @ Y1 + b2 - label"),
)
edit(
    "not-transposed",
    "Multiplies by the matrix of the second layer as it is.",
    hint="On the way back a vector of c numbers becomes one of h. Which matrix makes h out of c?",
    part="whole",
    replace=("dZ2 @ W2", "W2 @ dZ2"),
)
edit(
    "mask-of-the-derivative",
    "Applies the ReLU to the derivative that comes back.",
    hint="The ReLU looks at the value on its way there. Going back, it multiplies by 1 or 0, and Z1 decides which.",
    part="whole",
    replace=("(Z1 > 0)", "(dY1 > 0)"),
)
edit(
    "outer-product-transposed",
    "Gives the derivatives of the weights transposed.",
    hint="A derivative has the size of its parameter: a row for each output of the layer, a column for each input.",
    part="whole",
    replace=[("dZ2[:, None] * Y1", "Y1[:, None] * dZ2"), ("dZ1[:, None] * X", "X[:, None] * dZ1")],
)
edit(
    "layer-input",
    "Multiplies by the values before the ReLU in the last layer.",
    hint="What is the input of the second linear layer, Z1 or Y1?",
    part="whole",
    replace=("dZ2[:, None] * Y1", "dZ2[:, None] * Z1"),
)
edit(
    "mask-twice",
    "Multiplies by the hidden values at the ReLU.",
    hint="The derivative of the ReLU is 1 where it is on, not the value that it lets through.",
    part="whole",
    replace=("dY1 * (Z1 > 0)", "dY1 * Y1"),
)
