"""Gradient descent on the map of the cost, with four rates: the first ten steps of one, and the costs of all."""

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import make_blobs

X, Y = map(torch.tensor, make_blobs(n_samples=100, n_features=2, centers=2, random_state=1))


def cost(w):
    z = X @ w + 5
    return (torch.nn.functional.softplus(z) - Y * z).mean().item()


def walk(rate, steps):
    """The points on the way from (1.4, 1.4)."""
    points = [torch.tensor([1.4, 1.4], dtype=torch.float64)]
    for _ in range(steps):
        error = torch.sigmoid(X @ points[-1] + 5) - Y
        points.append(points[-1] - rate * X.T @ error / 100)
    return points


grid = torch.linspace(-3, 2, 50, dtype=torch.float64)
surface = torch.tensor([[cost(torch.stack([w0, w1])) for w0 in grid] for w1 in grid])
plt.contour(grid, grid, surface, levels=[0.1, 0.5, 2, 5, 10, 15])
for step, (w0, w1) in enumerate(walk(0.1, 10)):
    plt.text(w0, w1, str(step))
plt.show()

costs = {}
for rate in (0.01, 0.1, 0.3, 1):
    points = walk(rate, 100)
    first, tenth, last = costs[rate] = [cost(points[step]) for step in (1, 10, 100)]
    print(f"rate {rate:4}: cost {first:7.4f} after 1 step, {tenth:.4f} after 10, {last:.4f} after 100")
