"""A thousand steps from several starts: the cost before and after, and how far the line stays from the points."""

import torch
from sklearn.datasets import make_blobs

X, Y = map(torch.tensor, make_blobs(n_samples=100, n_features=2, centers=2, random_state=1))
inputs = torch.cat([X, torch.ones(100, 1)], dim=1)
side = 2 * Y - 1  # 1 for black, -1 for white

starts = torch.tensor([[1, -1, 5.5], [0, 0, 0], [-0.5, -1, -3], [-1, -1, -5], [1, 1, 5]], dtype=torch.float64)


def cost(params):
    return torch.nn.functional.softplus(-side * (inputs @ params)).mean().item()


def train(params):
    """The parameters after a thousand steps."""
    for _ in range(1000):
        params = params - 0.1 * (inputs.T @ (torch.sigmoid(inputs @ params) - Y)) / 100
    return params


def nearest(params):
    """How far the line is from the nearest white and the nearest black point."""
    distance = side * (inputs @ params) / params[:2].norm()
    return distance[Y == 0].min().item(), distance[Y == 1].min().item()


for start in starts:
    end = train(start)
    white, black = nearest(end)
    print(f"{start.tolist()!s:18} cost {cost(start):.5f} -> {cost(end):.5f}", end=", ")
    print(f"nearest white {white:.2f}, nearest black {black:.2f}")
