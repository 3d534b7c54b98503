"""Training in float32: with the formula of the cost as it stands, and with the one that takes z."""

import torch
from sklearn.datasets import make_blobs

X, Y = (torch.tensor(array).float() for array in make_blobs(100, 2, centers=2, random_state=1))


def as_it_stands(z):
    y = torch.sigmoid(z)
    return -(Y * torch.log(y) + (1 - Y) * torch.log(1 - y)).mean()


def from_z(z):
    return torch.nn.functional.binary_cross_entropy_with_logits(z, Y)


def train(cost_function):
    """The parameters after a thousand steps, and the first step whose cost is not a number."""
    w = torch.tensor([1.0, -1.0], requires_grad=True)
    b = torch.tensor(5.5, requires_grad=True)
    first = None
    for i in range(1000):
        w.grad = b.grad = None
        C = cost_function(X @ w + b)
        C.backward()
        with torch.no_grad():
            w -= 0.1 * w.grad
            b -= 0.1 * b.grad
        if torch.isnan(C) and first is None:
            first = i
    return [*w.tolist(), b.item()], first


params, first = train(as_it_stands)
print("as it stands: first nan at step", first, "- the parameters are", params)
params, none = train(from_z)
print("from z:       first nan at step", none, "- the parameters are", [round(one, 4) for one in params])
