"""Where the line is after a thousand steps, and how far the points are from it."""

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import make_blobs

X, Y = map(torch.tensor, make_blobs(n_samples=100, n_features=2, centers=2, random_state=1))
w0, w1, b = 1.0, -1.0, 5.5

for _ in range(1000):
    z = w0 * X[:, 0] + w1 * X[:, 1] + b
    y = 1 / (1 + torch.exp(-z))
    common = -(Y - y) / (y - y**2) * (y * (1 - y))
    w0 = w0 - 0.1 * (common * X[:, 0]).mean().item()
    w1 = w1 - 0.1 * (common * X[:, 1]).mean().item()
    b = b - 0.1 * common.mean().item()

x0 = torch.tensor([-11.0, 0.0])
plt.scatter(X[:, 0], X[:, 1], c=Y, cmap="Greys", edgecolor="black")
plt.plot(x0, -w0 / w1 * x0 - b / w1)
plt.xlabel("x0")
plt.ylabel("x1")
plt.show()

z = w0 * X[:, 0] + w1 * X[:, 1] + b
distance = z / (w0**2 + w1**2) ** 0.5  # positive on the black side
white, black = -distance[Y == 0].max().item(), distance[Y == 1].min().item()
print(f"the line: x1 = {-w0 / w1:.3f} x0 + {-b / w1:.3f}")
print(f"the nearest white point is {white:.2f} away, the nearest black one {black:.2f}")
