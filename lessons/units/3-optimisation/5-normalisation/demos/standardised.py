"""The stretched points, standardised."""

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import make_blobs

points, labels = make_blobs(n_samples=100, n_features=2, centers=2, random_state=1)
X = torch.tensor(points) * torch.tensor([2.5, 1.0])
print("before: mean", X.mean(dim=0).tolist(), "deviation", X.std(dim=0).tolist())

standard = (X - X.mean(dim=0)) / X.std(dim=0)
print("after:  mean", standard.mean(dim=0).tolist(), "deviation", standard.std(dim=0).tolist())
plt.scatter(*standard.T, c=labels)
plt.show()
