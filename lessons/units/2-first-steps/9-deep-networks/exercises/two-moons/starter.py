"""Two moons: a data set that no straight line can separate."""

from collections.abc import Callable

import torch
from sklearn.datasets import make_moons

from tutor import live


def make_data(n: int, noise: float, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """n points in the plane, float32 of size (n, 2), and their labels 0 or 1, of size (n,)."""
    raise NotImplementedError("write make_data")


def train_linear(X: torch.Tensor, Y: torch.Tensor) -> Callable[[torch.Tensor], torch.Tensor]:
    """One neuron with a sigmoid, trained: points (m, 2) -> probabilities of black."""
    # In the loop, live.log({"cost": ...}, step=i) draws the cost while it runs.
    raise NotImplementedError("write train_linear")


def train_deep(X: torch.Tensor, Y: torch.Tensor) -> Callable[[torch.Tensor], torch.Tensor]:
    """A network with a hidden layer, trained: points (m, 2) -> probabilities of black."""
    raise NotImplementedError("write train_deep")


if __name__ == "__main__":
    X, Y = make_data(500, 0.1, seed=0)
    other_X, other_Y = make_data(500, 0.1, seed=1)
    for train in (train_linear, train_deep):
        model = train(X, Y.float())
        for name, points, labels in (("trained on", X, Y), ("new points", other_X, other_Y)):
            right = (model(points).flatten() > 0.5) == (labels == 1)
            print(f"{train.__name__}: {right.float().mean().item():.3f} ({name})")
