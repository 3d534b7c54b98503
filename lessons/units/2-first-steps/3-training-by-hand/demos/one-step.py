"""One step of gradient descent, and the line that results."""

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import make_blobs

X, Y = map(torch.tensor, make_blobs(n_samples=100, n_features=2, centers=2, random_state=1))
params = torch.tensor([1.0, -1.0, 5.5], dtype=torch.float64)
alpha = 0.1


def outputs(params):
    """The neuron's z and y, for all points at once."""
    z = params[0] * X[:, 0] + params[1] * X[:, 1] + params[2]
    return z, 1 / (1 + torch.exp(-z))


def gradient(params):
    """The factors of the chain rule, each for all points at once."""
    z, y = outputs(params)
    dH_dy = -(Y - y) / (y - y**2)
    dy_dz = torch.exp(-z) / (1 + torch.exp(-z)) ** 2
    common = dH_dy * dy_dz
    return torch.stack([common * X[:, 0], common * X[:, 1], common], dim=1).mean(0)


params = params - alpha * gradient(params)
w0, w1, b = params
print("parameters:", params)

x0 = torch.tensor([-11.0, 0.0])
plt.scatter(X[:, 0], X[:, 1], c=Y, cmap="Greys", edgecolor="black")
plt.plot(x0, -w0 / w1 * x0 - b / w1)
plt.xlabel("x0")
plt.ylabel("x1")
plt.show()

_, y = outputs(params)
cost = -(Y * torch.log(y) + (1 - Y) * torch.log(1 - y)).mean().item()
black, white = (y[Y == 1] > 0.5).sum().item(), (y[Y == 0] < 0.5).sum().item()
print(f"cost: {cost:.4f}; right: {black} black and {white} white points of 50 each")
