"""Lines along which a good neuron gives the same probability."""

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import make_blobs

X, Y = make_blobs(n_samples=100, n_features=2, centers=2, random_state=1)
X, Y = torch.tensor(X), torch.tensor(Y)


def neuron(x0, x1):
    return torch.sigmoid(-x0 - x1 - 5)


x0, x1 = torch.meshgrid(torch.linspace(-13, 2, 60), torch.linspace(-8, 8, 60), indexing="xy")
plt.scatter(X[:, 0], X[:, 1], c=Y, cmap="Greys", edgecolor="black")
lines = plt.contour(x0, x1, neuron(x0, x1), levels=[0.001, 0.1, 0.5, 0.9, 0.999])
plt.clabel(lines)
plt.xlabel("x0")
plt.ylabel("x1")
plt.show()

y = neuron(X[:, 0], X[:, 1])
least, most = y[Y == 1].min().item(), y[Y == 0].max().item()
print(f"probability of black, on the black points: {least:.4f} or more")
print(f"probability of black, on the white points: {most:.4f} or less")
