"""The cost of a thousand steps once more, on a scale on which every factor of ten is equally high."""

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import make_blobs

X, Y = map(torch.tensor, make_blobs(n_samples=100, n_features=2, centers=2, random_state=1))
w0, w1, b = torch.tensor([1.0, -1.0, 5.5], dtype=torch.float64)

costs = []
for i in range(1000):
    y = torch.sigmoid(w0 * X[:, 0] + w1 * X[:, 1] + b)
    w0 = w0 - 0.1 * ((y - Y) * X[:, 0]).mean()
    w1 = w1 - 0.1 * ((y - Y) * X[:, 1]).mean()
    b = b - 0.1 * (y - Y).mean()
    y = torch.sigmoid(w0 * X[:, 0] + w1 * X[:, 1] + b)
    costs.append(-torch.where(Y == 1, y, 1 - y).log().mean().item())

plt.plot(costs)
plt.yscale("log")
plt.xlabel("step")
plt.ylabel("cost")
plt.show()

landmarks = [1, 2, 10, 100, 500, 1000]
for steps in landmarks:
    print(f"after {steps:4} steps: {costs[steps - 1]:.5f}")
