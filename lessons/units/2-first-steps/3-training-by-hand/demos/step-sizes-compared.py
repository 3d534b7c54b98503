"""Eight step sizes, a thousand steps each: the cost, and how good the line is."""

import torch
from sklearn.datasets import make_blobs

X, Y = map(torch.tensor, make_blobs(n_samples=100, n_features=2, centers=2, random_state=1))
inputs = torch.cat([X, torch.ones(100, 1)], dim=1)
side = 2 * Y - 1  # 1 for black, -1 for white
step_sizes = (0.0001, 0.001, 0.01, 0.1, 0.5, 1, 2, 10)


def train(alpha):
    """The parameters after a thousand steps."""
    params = torch.tensor([1.0, -1.0, 5.5], dtype=torch.float64)
    for _ in range(1000):
        params = params - alpha * (inputs.T @ (torch.sigmoid(inputs @ params) - Y)) / 100
    return params


def distances(params):
    """How far each point is from the line, negative where it is on the wrong side."""
    return side * (inputs @ params) / params[:2].norm()


def worst(params):
    """The smallest signed distance of a white and of a black point."""
    return distances(params)[Y == 0].min().item(), distances(params)[Y == 1].min().item()


for alpha in step_sizes:
    params = train(alpha)
    cost = torch.nn.functional.softplus(-side * (inputs @ params)).mean().item()
    accuracy = (distances(params) > 0).double().mean().item()
    white, black = worst(params)
    print(
        f"{alpha:7}: cost {cost:.7f}, accuracy {accuracy:.2f}, worst white {white:5.2f}, worst black {black:5.2f}"
    )
