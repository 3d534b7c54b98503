"""The gradient of each point by the chain rule, and the mean of them all."""

import time

import torch
from sklearn.datasets import make_blobs

X, Y = map(torch.tensor, make_blobs(n_samples=100, n_features=2, centers=2, random_state=1))
params = torch.tensor([1.0, -1.0, 5.5], dtype=torch.float64)


def neuron_linear(params, x):
    w0, w1, b = params
    return w0 * x[0] + w1 * x[1] + b


def sigmoid(z):
    return 1 / (1 + torch.exp(-z))


def dH_dy(y, yt):
    return -(yt - y) / (y - y**2)


def dy_dz(z):
    return torch.exp(-z) / (1 + torch.exp(-z)) ** 2


def gradient(params):
    """The gradient of the cost: one point after the other, one factor after the other."""
    per_point = torch.empty(len(X), 3, dtype=torch.float64)
    for i in range(len(X)):
        z = neuron_linear(params, X[i])
        common = dH_dy(sigmoid(z), Y[i]) * dy_dz(z)
        per_point[i, 0] = common * X[i, 0]  # dz/dw0 is x0
        per_point[i, 1] = common * X[i, 1]  # dz/dw1 is x1
        per_point[i, 2] = common * 1  # dz/db is 1
    return per_point.mean(0)


start = time.perf_counter()
found = gradient(params)
seconds = time.perf_counter() - start
print("gradient:", found)
print(f"{1000 * seconds:.0f} milliseconds, so about {1000 * seconds:.0f} seconds for a thousand of them")
