"""A rule with two inputs, noisy points of it, and a network that finds it again."""

import torch
from torch import nn

from tutor import live


def make_data(n: int, noise: float, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Points (n, 2) with x in [-2, 2] and y in [0.5, 2], and what the rule gives for them, with noise, (n, 1)."""
    raise NotImplementedError("write make_data")


def train(XY: torch.Tensor, Z: torch.Tensor) -> nn.Module:
    """A network from (m, 2) to (m, 1), trained on the points."""
    # In the loop, live.log({"cost": cost.item()}, step=step) draws the curve.
    raise NotImplementedError("write train")


if __name__ == "__main__":
    import matplotlib.pyplot as plt

    torch.manual_seed(0)
    model = train(*make_data(1000, 0.1, 0))
    for y in (0.5, 1.0, 2.0):
        line = torch.linspace(-2, 2, 100)
        points = torch.stack([line, torch.full_like(line, y)], dim=1)
        plt.plot(line, model(points).detach().flatten(), label=f"y = {y}")
    plt.xlabel("x")
    plt.legend()
    plt.show()
