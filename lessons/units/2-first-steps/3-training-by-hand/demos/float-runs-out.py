"""The same training in float32: with the factors of the chain rule, and with the simplified gradient."""

import torch
from sklearn.datasets import make_blobs

X, Y = (torch.tensor(array).float() for array in make_blobs(100, 2, centers=2, random_state=1))


def outputs(params):
    z = params[0] * X[:, 0] + params[1] * X[:, 1] + params[2]
    return z, torch.sigmoid(z)


def by_factors(params):
    z, y = outputs(params)
    return -(Y - y) / (y - y**2) * (torch.exp(-z) / (1 + torch.exp(-z)) ** 2)


def simplified(params):
    _, y = outputs(params)
    return y - Y


def train(common_factor):
    """The parameters at the end, and the first step after which the cost is not a number."""
    params = torch.tensor([1.0, -1.0, 5.5])
    first = None
    for i in range(1000):
        common = common_factor(params)
        params = params - 0.1 * torch.stack([common * X[:, 0], common * X[:, 1], common], dim=1).mean(0)
        _, y = outputs(params)
        cost = -(Y * torch.log(y) + (1 - Y) * torch.log(1 - y)).mean()
        if torch.isnan(cost) and first is None:
            first = i
    return params, first


params, first = train(by_factors)
print(f"by factors: the cost is nan from step {first} on, and at the end the parameters are", params)

params_simplified, first_simplified = train(simplified)
print(f"simplified: the cost is nan from step {first_simplified} on, and at the end they are", params_simplified)

y = torch.sigmoid(torch.tensor(20.0))
print("S(20) in float32:", y.item(), "and 0 * log(1 - S(20)):", (0 * torch.log(1 - y)).item())
