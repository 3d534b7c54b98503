"""What the trained encoder makes of a hundred points."""

import torch
from sklearn.datasets import make_blobs
from torch import nn

X = torch.tensor(make_blobs(n_samples=100, n_features=2, centers=2, random_state=1)[0]).float()
torch.manual_seed(0)
encoder, decoder = nn.Linear(2, 1), nn.Linear(1, 2)
autoencoder = nn.Sequential(encoder, decoder)
optimizer = torch.optim.SGD(autoencoder.parameters(), lr=0.01)
for _ in range(1000):
    optimizer.zero_grad()
    nn.functional.mse_loss(autoencoder(X), X).backward()
    optimizer.step()

with torch.no_grad():
    Z = encoder(X)
print("points:", tuple(X.shape), " codes:", tuple(Z.shape))
print("first point:", X[0].tolist())
print("its code:   ", Z[0].tolist())
print("decoded:    ", decoder(Z[0]).tolist())
