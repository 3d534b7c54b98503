"""Linear layers applied one after the other are one linear layer."""

import functools

import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, mistake


def merge(W1, b1, W2, b2):
    return W2 @ W1, W2 @ b1 + b2


def merge_many(layers):
    A, c = layers[0]
    for W, b in layers[1:]:
        A, c = W @ A, W @ c + b
    return A, c


def layer(rng, outputs, inputs):
    return rng.normal(outputs, inputs, dtype=torch.float64), rng.normal(outputs, dtype=torch.float64)


@cases("merge")
def pairs(rng: Rng):
    for n, h, k in ((7, 5, 3), (3, 11, 5), (5, 1, 3), (6, 6, 6)):
        W1, b1 = layer(rng, h, n)
        W2, b2 = layer(rng, k, h)
        yield case(W1=W1, b1=b1, W2=W2, b2=b2, label=f"{n} -> {h} -> {k}", rtol=1e-9)


@check("does what the two layers do", part="merge")
def same_as_both(got, ref, inputs):
    W1, b1, W2, b2 = (inputs[name] for name in ("W1", "b1", "W2", "b2"))
    x = torch.linspace(-1, 2, W1.shape[1], dtype=torch.float64)
    A, c = got
    if A.shape == (len(b2), len(x)) and torch.allclose(A @ x + c, W2 @ (W1 @ x + b1) + b2, rtol=1e-8, atol=1e-8):
        return None
    return Finding("For some x, A x + c is not what the two layers give.", name="other-function")


@cases("merge-many")
def stacks(rng: Rng):
    for widths in ((7, 5, 3, 6), (3, 7, 5), (5, 3), (4, 4, 4, 4), (3, 1, 7, 5, 6)):
        layers = [layer(rng, outputs, inputs) for inputs, outputs in zip(widths, widths[1:], strict=False)]
        yield case(layers=layers, label=" -> ".join(map(str, widths)), rtol=1e-9)


# --- two layers ---------------------------------------------------------------------------------------------------


@alternative(part="merge")
def by_einsum(W1, b1, W2, b2):
    return torch.einsum("kh,hn->kn", W2, W1), torch.einsum("kh,h->k", W2, b1) + b2


@alternative(part="merge")
def with_a_one(W1, b1, W2, b2):
    """The bias as the weight of an input that is always 1."""
    first = torch.cat([W1, b1[:, None]], dim=1)
    both = W2 @ first
    return both[:, :-1], both[:, -1] + b2


@alternative(part="merge")
def by_trying(W1, b1, W2, b2):
    def both(x):
        return W2 @ (W1 @ x + b1) + b2

    n = W1.shape[1]
    c = both(torch.zeros(n, dtype=W1.dtype))
    return torch.stack([both(e) - c for e in torch.eye(n, dtype=W1.dtype)], dim=1), c


@alternative(part="merge")
def with_linear(W1, b1, W2, b2):
    c = torch.nn.functional.linear(b1, W2, b2)
    return torch.nn.functional.linear(W2, W1.T), c


@alternative(part="merge")
def in_loops(W1, b1, W2, b2):
    (h, n), k = W1.shape, len(b2)
    A, c = torch.zeros(k, n, dtype=W1.dtype), b2.clone()
    for i in range(k):
        for j in range(h):
            A[i] += W2[i, j] * W1[j]
            c[i] += W2[i, j] * b1[j]
    return A, c


@alternative(part="merge")
def transposed_twice(W1, b1, W2, b2):
    return (W1.t() @ W2.t()).t(), (b1 @ W2.t()) + b2


edit(
    "first-bias-left-out",
    "Leaves out the first bias.",
    hint="The first bias goes through the second layer too: it comes out as W2 b1.",
    part="merge",
    replace=("W2 @ b1 + b2", "b2.clone()"),
)
edit(
    "order",
    "Multiplies the matrices in the other order.",
    hint="The first layer acts first, so it is on the right, beside X: A = W2 W1.",
    part="merge",
    replace=("W2 @ W1", "W1 @ W2"),
)
edit(
    "second-bias-left-out",
    "Leaves out the second bias.",
    hint="For x = 0 and b1 = 0 the two layers give b2. What does yours give?",
    part="merge",
    replace=(" + b2", ""),
)
edit(
    "biases-added",
    "Adds the biases without passing the first through the second layer.",
    hint="b1 has as many entries as there are hidden numbers, c as many as there are outputs. W2 leads from one to the other.",
    part="merge",
    replace=("W2 @ b1", "b1"),
)
edit(
    "transposed",
    "Gives A transposed.",
    hint="A has a row for each output and a column for each input, like the weights of any layer.",
    part="merge",
    replace=("W2 @ W1", "(W2 @ W1).T"),
)


# --- any number ---------------------------------------------------------------------------------------------------


@alternative(part="merge-many")
def folded(layers):
    return functools.reduce(lambda one, other: (other[0] @ one[0], other[0] @ one[1] + other[1]), layers)


@alternative(part="merge-many")
def recursively(layers):
    if len(layers) == 1:
        return layers[0]
    (W1, b1), (W2, b2), *rest = layers
    return recursively([(W2 @ W1, W2 @ b1 + b2), *rest])


@alternative(part="merge-many")
def from_the_end(layers):
    A, c = layers[-1]
    for W, b in reversed(layers[:-1]):
        A, c = A @ W, A @ b + c
    return A, c


@alternative(part="merge-many")
def by_unit_vectors(layers):
    def through(x):
        for W, b in layers:
            x = W @ x + b
        return x

    n = layers[0][0].shape[1]
    c = through(torch.zeros(n, dtype=torch.float64))
    columns = through_all(layers, torch.eye(n, dtype=torch.float64))
    return columns, c


def through_all(layers, columns):
    for W, _ in layers:
        columns = W @ columns
    return columns


@alternative(part="merge-many")
def from_the_identity(layers):
    n = layers[0][0].shape[1]
    A, c = torch.eye(n, dtype=torch.float64), torch.zeros(n, dtype=torch.float64)
    for W, b in layers:
        A, c = torch.matmul(W, A), torch.mv(W, c) + b
    return A, c


@mistake(
    "list-emptied",
    "Takes the layers out of the list that it was given.",
    hint="The result is right, but the caller's list is empty afterwards. Go through it without `pop`, or copy it first.",
    part="merge-many",
)
def list_emptied(layers):
    A, c = layers.pop(0)
    while layers:
        W, b = layers.pop(0)
        A, c = W @ A, W @ c + b
    return A, c


@mistake(
    "reversed",
    "Applies the layers in the reverse order.",
    hint="The first layer of the list acts first, so it ends up on the right of the product.",
    part="merge-many",
)
def reversed_order(layers):
    return merge_many(layers[::-1])


@mistake(
    "last-bias-only",
    "Keeps the bias of the last layer only.",
    hint="Each bias goes through all the layers that come after it.",
    part="merge-many",
)
def last_bias_only(layers):
    A, _ = merge_many(layers)
    return A, layers[-1][1]


edit(
    "own-bias-left-out",
    "Leaves out the biases of all layers but the first.",
    hint="For zero inputs your result forgets what the later layers add. Add b in each round.",
    part="merge-many",
    replace=("W @ c + b", "W @ c"),
)


@mistake(
    "two-only",
    "Merges the first two layers and stops.",
    hint="It is right for two layers. What happens to the third? And what if there is only one?",
    part="merge-many",
)
def two_only(layers):
    (W1, b1), (W2, b2) = layers[:2]
    return W2 @ W1, W2 @ b1 + b2
