"""The gradients of single points after a thousand steps."""

import torch
from sklearn.datasets import make_blobs

X, Y = map(torch.tensor, make_blobs(n_samples=100, n_features=2, centers=2, random_state=1))
inputs = torch.cat([X, torch.ones(100, 1)], dim=1)
params = torch.tensor([1.0, -1.0, 5.5], dtype=torch.float64)
for _ in range(1000):
    params = params - 0.1 * (inputs * (torch.sigmoid(inputs @ params) - Y).reshape(100, 1)).mean(0)

y = torch.sigmoid(inputs @ params)
each = inputs * (y - Y).reshape(100, 1)
print(f"point 0, white, gets {y[0]:.4f}; its gradient is", each[0])
print(f"point 1, black, gets 1 - {1 - y[1]:.1e}; its gradient is", each[1])

lengths = each.norm(dim=1).sort(descending=True).values
share = (lengths[:5].sum() / lengths.sum()).item()
print(f"half of the points have a gradient shorter than {lengths.median():.1e}")
print(f"the five longest make {share:.0%} of all lengths together")
