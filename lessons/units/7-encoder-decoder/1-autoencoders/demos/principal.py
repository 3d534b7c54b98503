"""The directions in which the points vary most and least."""

import torch
from sklearn.datasets import make_blobs

X = torch.tensor(make_blobs(n_samples=100, n_features=2, centers=2, random_state=1)[0])
spread, direction = torch.linalg.eigh(torch.cov(X.T, correction=0))  # the smallest eigenvalue comes first

print("mean:        ", X.mean(dim=0).tolist())
print("across:      ", direction[:, 0].tolist(), " variance", round(spread[0].item(), 4))
print("along:       ", direction[:, 1].tolist(), " variance", round(spread[1].item(), 4))
slope = (direction[1, 1] / direction[0, 1]).item()
intercept = (X[:, 1] - slope * X[:, 0]).mean().item()
print(f"the line:     x1 = {slope:.4f} x0 + {intercept:.3f}")
print(f"least error:  {spread[0]:.5f} a point, {spread[0] / 2:.5f} as MSELoss counts")
