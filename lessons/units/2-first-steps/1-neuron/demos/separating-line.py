"""A straight line with all black points on one side and all white ones on the other."""

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import make_blobs

X, Y = make_blobs(n_samples=100, n_features=2, centers=2, random_state=1)
X, Y = torch.tensor(X), torch.tensor(Y)

plt.scatter(X[:, 0], X[:, 1], c=Y, cmap="Greys", edgecolor="black")
plt.plot([-11, 0], [6, -5])  # x1 = -x0 - 5
plt.xlabel("x0")
plt.ylabel("x1")
plt.show()

below = X[:, 1] < -X[:, 0] - 5
print("black points below the line:", (below & (Y == 1)).sum().item())
print("white points above the line:", (~below & (Y == 0)).sum().item())
