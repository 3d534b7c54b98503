"""Eight step sizes, a thousand steps each: the cost, and how good the line is."""

import torch
from sklearn.datasets import make_blobs

from tutor import live

X, Y = map(torch.tensor, make_blobs(n_samples=100, n_features=2, centers=2, random_state=1))
inputs = torch.cat([X, torch.ones(100, 1)], dim=1)
side = 2 * Y - 1  # 1 for black, -1 for white

distances = []
for alpha in (0.0001, 0.001, 0.01, 0.1, 0.5, 1, 2, 10):
    params = torch.tensor([1.0, -1.0, 5.5], dtype=torch.float64)
    for _ in range(1000):
        params = params - alpha * (inputs.T @ (torch.sigmoid(inputs @ params) - Y)) / 100
    z = inputs @ params
    cost = torch.nn.functional.softplus(-side * z).mean().item()
    distance = side * z / params[:2].norm()
    white, black = distance[Y == 0].min().item(), distance[Y == 1].min().item()
    accuracy = (distance > 0).double().mean().item()
    print(
        f"{alpha:7}: cost {cost:.7f}, accuracy {accuracy:.2f}, nearest white {white:5.2f}, nearest black {black:5.2f}"
    )
    distances.append([white, black])

live.log({"nearest white and black": distances})
