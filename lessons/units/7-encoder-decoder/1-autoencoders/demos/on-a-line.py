"""The points, and what comes out of the decoder."""

import matplotlib.pyplot as plt
import numpy as np
import torch
from sklearn.datasets import make_blobs
from torch import nn

X, Y = make_blobs(n_samples=100, n_features=2, centers=2, random_state=1)
X = torch.tensor(X).float()
torch.manual_seed(0)
autoencoder = nn.Sequential(nn.Linear(2, 1), nn.Linear(1, 2))
optimizer = torch.optim.SGD(autoencoder.parameters(), lr=0.01)
for _ in range(5000):
    optimizer.zero_grad()
    nn.functional.mse_loss(autoencoder(X), X).backward()
    optimizer.step()

with torch.no_grad():
    out = autoencoder(X)
plt.scatter(X[:, 0], X[:, 1], c=Y, cmap="Greys", edgecolor="black")
plt.scatter(out[:, 0], out[:, 1], facecolor="none", edgecolor="red")
plt.xlabel("x0")
plt.ylabel("x1")
plt.show()
fit = np.polyfit(out[:, 0].numpy(), out[:, 1].numpy(), 1)
print(f"x1 = {fit[0]:.2f} x0 + {fit[1]:.2f}")
