"""Two clouds of points through a single number, and back."""

import torch
from sklearn.datasets import make_blobs
from torch import nn

from tutor import live

X = torch.tensor(make_blobs(n_samples=100, n_features=2, centers=2, random_state=1)[0]).float()

torch.manual_seed(0)
autoencoder = nn.Sequential(nn.Linear(2, 1), nn.Linear(1, 2))
optimizer = torch.optim.SGD(autoencoder.parameters(), lr=0.01)
history = []
for step in range(5001):
    cost = nn.functional.mse_loss(autoencoder(X), X)
    history.append(cost.item())
    if step % 10 == 0:
        live.log({"cost": history[-1]}, step=step)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()

for step in (0, 100, 500, 1000, 5000):
    print(f"after {step:4} steps: {history[step]:.4f}")
