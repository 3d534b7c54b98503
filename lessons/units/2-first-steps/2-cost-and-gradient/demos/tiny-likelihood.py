"""The likelihood of one choice of parameters, and its logarithm."""

import torch
from sklearn.datasets import make_blobs

X, Y = map(torch.tensor, make_blobs(n_samples=100, n_features=2, centers=2, random_state=1))

y = torch.sigmoid(X[:, 0] - X[:, 1] + 5.5)
factors = torch.where(Y == 1, y, 1 - y)  # the probability of what was really seen, point by point

print("the first factors:", factors[:5])
print("likelihood:", factors.prod().item())
print("its logarithm:", factors.log().sum().item())
print("cross entropy:", -factors.log().mean().item())
