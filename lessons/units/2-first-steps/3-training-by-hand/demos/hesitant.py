"""Level lines of the bad start, and what it says about the points."""

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import make_blobs

X, Y = map(torch.tensor, make_blobs(n_samples=100, n_features=2, centers=2, random_state=1))


def linear(x0, x1):
    return 1.0 * x0 - 1.0 * x1 + 5.5


x0, x1 = torch.meshgrid(torch.linspace(-13, 2, 60), torch.linspace(-8, 8, 60), indexing="xy")
plt.scatter(X[:, 0], X[:, 1], c=Y, cmap="Greys", edgecolor="black")
plt.clabel(plt.contour(x0, x1, torch.sigmoid(linear(x0, x1)), levels=[0.05, 0.2, 0.5, 0.8, 0.95]))
plt.xlabel("x0")
plt.ylabel("x1")
plt.show()

y = torch.sigmoid(linear(X[:, 0], X[:, 1]))
cost = -torch.where(Y == 1, y, 1 - y).log().mean().item()
black, white = y[Y == 1].mean().item(), y[Y == 0].mean().item()
between = ((y > 0.2) & (y < 0.8)).sum().item()
print(f"probability of black, mean over the black points: {black:.3f}")
print(f"probability of black, mean over the white points: {white:.3f}")
print(f"from {y.min():.3f} to {y.max():.3f}, and {between} of 100 between 0.2 and 0.8")
print(f"cost: {cost:.4f}")
