"""The codes of white and of black points."""

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import make_blobs
from torch import nn

X, Y = make_blobs(n_samples=100, n_features=2, centers=2, random_state=1)
X = torch.tensor(X).float()
torch.manual_seed(0)
encoder, decoder = nn.Linear(2, 1), nn.Linear(1, 2)
optimizer = torch.optim.SGD([*encoder.parameters(), *decoder.parameters()], lr=0.01)
for _ in range(1000):
    optimizer.zero_grad()
    nn.functional.mse_loss(decoder(encoder(X)), X).backward()
    optimizer.step()

with torch.no_grad():
    Z = encoder(X).squeeze(1)
white, black = Z[Y == 0], Z[Y == 1]
for name, group in (("white", white), ("black", black)):
    plt.hist(group.numpy(), label=name)
    print(f"{name}: from {group.min():.2f} to {group.max():.2f}")
plt.xlabel("code")
plt.legend()
plt.show()
