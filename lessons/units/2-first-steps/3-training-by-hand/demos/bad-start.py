"""The line of a bad choice of parameters."""

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import make_blobs

X, Y = map(torch.tensor, make_blobs(n_samples=100, n_features=2, centers=2, random_state=1))


def plot_line(w0, w1, b):
    """Draws the points and the decision boundary, for w1 other than 0."""
    x0 = torch.tensor([-11.0, 0.0])
    plt.scatter(X[:, 0], X[:, 1], c=Y, cmap="Greys", edgecolor="black")
    plt.plot(x0, -w0 / w1 * x0 - b / w1)
    plt.xlabel("x0")
    plt.ylabel("x1")
    plt.show()


w0, w1, b = 1.0, -1.0, 5.5
plot_line(w0, w1, b)

called_black = w0 * X[:, 0] + w1 * X[:, 1] + b > 0
black = (called_black & (Y == 1)).sum().item()
white = (~called_black & (Y == 0)).sum().item()
print("black points on the right side:", black, "of 50")
print("white points on the right side:", white, "of 50")
