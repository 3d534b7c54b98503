"""A thousand steps from several starts: the cost before and after, and how far the line stays from the points."""

import torch
from sklearn.datasets import make_blobs

from tutor import live

X, Y = map(torch.tensor, make_blobs(n_samples=100, n_features=2, centers=2, random_state=1))
inputs = torch.cat([X, torch.ones(100, 1)], dim=1)
side = 2 * Y - 1  # 1 for black, -1 for white


def cost(params):
    return torch.nn.functional.softplus(-side * (inputs @ params)).mean().item()


first, last, nearest = [], [], []
for start in [(1, -1, 5.5), (0, 0, 0), (-0.5, -1, -3), (-1, -1, -5), (1, 1, 5)]:
    params = torch.tensor(start, dtype=torch.float64)
    first.append(cost(params))
    for _ in range(1000):
        params = params - 0.1 * (inputs.T @ (torch.sigmoid(inputs @ params) - Y)) / 100
    last.append(cost(params))
    distance = side * (inputs @ params) / params[:2].norm()
    nearest.append([distance[Y == 0].min().item(), distance[Y == 1].min().item()])
    white, black = nearest[-1]
    print(f"{start!s:15} cost {first[-1]:.5f} -> {last[-1]:.5f}, nearest white {white:.2f}, nearest black {black:.2f}")

live.log({"first": first, "last": last, "nearest": nearest})
