"""The neuron, trained with PyTorch."""

import timeit

import torch

from tutor import live


def train_torch(
    X: torch.Tensor, Y: torch.Tensor, alpha: float, n_iter: int, init: tuple[float, float, float]
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Weight (1, 2) and bias (1,) after n_iter steps, and the cost of each step before its update (n_iter,)."""
    # In the loop, live.log({"cost": ...}, step=i) draws the cost while it runs.
    raise NotImplementedError("write train_torch")


def compare_times(X: torch.Tensor, Y: torch.Tensor) -> dict[str, float]:
    """Seconds of one gradient: {"loop": point by point, "torch": by nn.Linear and backward()}."""
    raise NotImplementedError("write compare_times")


if __name__ == "__main__":
    from sklearn.datasets import make_blobs

    X, Y = map(torch.tensor, make_blobs(n_samples=100, n_features=2, centers=2, random_state=1))
    print(train_torch(X, Y, 0.1, 1000, (1.0, -1.0, 5.5)))
