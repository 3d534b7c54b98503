"""The line of the neuron while it is trained, with the cost: the first steps do the most."""

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import make_blobs

from tutor import live

X, Y = map(torch.tensor, make_blobs(n_samples=100, n_features=2, centers=2, random_state=1))
w0, w1, b = 1.0, -1.0, 5.5
ends = torch.tensor([-11.0, 0.0])


def draw(steps):
    plt.cla()
    plt.title(f"after {steps} steps")
    plt.scatter(X[:, 0], X[:, 1], c=Y, cmap="Greys", edgecolor="black")
    plt.plot(ends, -w0 / w1 * ends - b / w1)
    plt.xlim(-13, 1)
    plt.ylim(-12, 8)
    plt.pause(0.4)


draw(0)
for i in range(1, 1001):
    z = w0 * X[:, 0] + w1 * X[:, 1] + b
    error = 1 / (1 + torch.exp(-z)) - Y
    w0 -= 0.1 * (error * X[:, 0]).mean().item()
    w1 -= 0.1 * (error * X[:, 1]).mean().item()
    b -= 0.1 * error.mean().item()
    z = w0 * X[:, 0] + w1 * X[:, 1] + b
    live.log({"cost": (torch.nn.functional.softplus(z) - Y * z).mean().item()}, step=i)
    if i in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000):
        draw(i)
