"""Training a neuron in any dimension, for all points at once."""

from typing import Any

import torch

from tutor import live


def train_vec(
    X: torch.Tensor, Y: torch.Tensor, alpha: float, n_iter: int, w0: torch.Tensor, b0: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """w (k,), b () and the costs (n_iter,) after n_iter steps on the points X (n, k) with labels Y (n,)."""
    # In the loop, live.log({"cost": ...}, step=i) draws the cost while it runs.
    raise NotImplementedError("write train_vec")


def fit(X: torch.Tensor, Y: torch.Tensor) -> Any:
    """Trains on the points and returns what predict needs."""
    raise NotImplementedError("write fit")


def predict(model: Any, X: torch.Tensor) -> torch.Tensor:
    """Probabilities of black for the points in the rows of X: size (n,)."""
    raise NotImplementedError("write predict")
