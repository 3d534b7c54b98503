"""A thousand steps of gradient descent, and the cost after each of them."""

import torch
from sklearn.datasets import make_blobs

from tutor import live

X, Y = map(torch.tensor, make_blobs(n_samples=100, n_features=2, centers=2, random_state=1))
params = torch.tensor([1.0, -1.0, 5.5], dtype=torch.float64)
alpha = 0.1


def outputs(params):
    z = params[0] * X[:, 0] + params[1] * X[:, 1] + params[2]
    return z, 1 / (1 + torch.exp(-z))


def gradient(params):
    z, y = outputs(params)
    dH_dy = -(Y - y) / (y - y**2)
    dy_dz = torch.exp(-z) / (1 + torch.exp(-z)) ** 2
    common = dH_dy * dy_dz
    return torch.stack([common * X[:, 0], common * X[:, 1], common], dim=1).mean(0)


def cost(params):
    _, y = outputs(params)
    return -(Y * torch.log(y) + (1 - Y) * torch.log(1 - y)).mean().item()


for i in range(1000):
    params = params - alpha * gradient(params)
    last = cost(params)
    live.log({"cost": last}, step=i)

accuracy = ((outputs(params)[1] > 0.5) == (Y == 1)).double().mean().item()
print("parameters:", params)
print(f"cost: {last:.7f}, accuracy: {accuracy}")
