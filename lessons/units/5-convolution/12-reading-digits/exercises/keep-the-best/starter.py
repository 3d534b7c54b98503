"""Training that keeps the best parameters."""

from collections.abc import Iterable

import torch
from torch import nn


def fit(
    net: nn.Module,
    eta: float,
    n_epoch: int,
    train_loader: Iterable[tuple[torch.Tensor, torch.Tensor]],
    X_val: torch.Tensor,
    Y_val: torch.Tensor,
) -> tuple[list[float], int]:
    """The validation cost of each epoch and the best epoch; the network has the parameters of the best one."""
    raise NotImplementedError("write fit")
