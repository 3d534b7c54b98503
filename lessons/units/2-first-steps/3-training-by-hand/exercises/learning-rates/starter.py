"""Training with different step sizes."""

from collections.abc import Sequence

import torch

from tutor import live


def train(
    X: torch.Tensor, Y: torch.Tensor, alpha: float, init: tuple[float, float, float], n_iter: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """The parameters (w0, w1, b) after n_iter steps of size alpha, and the cost after each of them."""
    # In the loop, live.log({"cost": ...}, step=i) draws the cost while it runs.
    raise NotImplementedError("write train")


def sweep(alphas: Sequence[float], X: torch.Tensor, Y: torch.Tensor, n_iter: int) -> list[dict]:
    """For each step size a dict: "params", "cost", "accuracy", "white" and "black"."""
    raise NotImplementedError("write sweep")


if __name__ == "__main__":
    from sklearn.datasets import make_blobs

    X, Y = map(torch.tensor, make_blobs(n_samples=100, n_features=2, centers=2, random_state=1))
    for alpha, result in zip((alphas := (0.01, 0.1, 1.0)), sweep(alphas, X, Y, 1000)):
        print(alpha, result)
