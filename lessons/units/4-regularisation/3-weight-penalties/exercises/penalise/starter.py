"""A penalty on the weights of linear layers, with or without their biases."""

import torch
from torch import nn

from tutor import live


def penalty(model: nn.Module, lam: float, include_bias: bool) -> torch.Tensor:
    """lam/2 times the sum of squares of the weights of all linear layers, and of their biases if wanted."""
    raise NotImplementedError("write penalty")


def train(
    model: nn.Module, X: torch.Tensor, Y: torch.Tensor, lam: float, include_bias: bool, lr: float, steps: int
) -> list[float]:
    """The mean squared error, without the penalty, before each step and after the last."""
    # In the loop, live.log({"error": ...}, step=step) draws the curve.
    raise NotImplementedError("write train")


def best_constant(y: torch.Tensor, lam: float) -> float:
    """The bias with the lowest mean squared error plus lam/2 times its square."""
    raise NotImplementedError("write best_constant")


if __name__ == "__main__":
    import matplotlib.pyplot as plt

    def f(x: torch.Tensor) -> torch.Tensor:
        return x + torch.sin(x) + torch.cos(2 * x)

    grid = torch.linspace(-5, 5, 1000)[:, None]
    X = torch.linspace(-5, 5, 10)[:, None]
    torch.manual_seed(1)
    Y = f(X) + 1.2 * torch.randn(10, 1)
    lam = 0.3  # and then 1.0
    plt.plot(grid, f(grid), color="black", label="the rule")
    for include_bias in (False, True):
        torch.manual_seed(0)
        sizes = [(1, 100), (100, 100), (100, 100)]
        model = nn.Sequential(*(layer for size in sizes for layer in (nn.Linear(*size), nn.ReLU())), nn.Linear(100, 1))
        errors = train(model, X, Y, lam, include_bias, 0.01, 2000)
        curve = model(grid).detach()
        name = "biases too" if include_bias else "weights only"
        print(f"{name}: {errors[-1]:.3f} at the points, {(curve - f(grid)).square().mean():.3f} to the rule")
        plt.plot(grid, curve, label=name)
    plt.legend()
    plt.show()
