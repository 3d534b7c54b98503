"""Training a network of scores by stochastic gradient descent."""

from collections.abc import Iterable

import torch
from torch import nn


def train(
    net: nn.Module, eta: float, n_epoch: int, train_loader: Iterable[tuple[torch.Tensor, torch.Tensor]]
) -> list[float]:
    """Trains the network, and returns the cost of each mini-batch."""
    raise NotImplementedError("write train")
