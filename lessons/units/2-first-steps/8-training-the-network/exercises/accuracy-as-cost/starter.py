"""Training with the accuracy as cost: where it fails, and what its slopes are."""

import torch
from torch import nn


def accuracy(model: nn.Module, x: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """The share of rows of x that the model puts into the true class, a tensor without dimensions."""
    raise NotImplementedError("write accuracy")


def failing_step(model: nn.Module, x: torch.Tensor, labels: torch.Tensor) -> str:
    """Where an iteration with 1 - accuracy as cost fails: "forward", "cost", "backward", "update" or "none"."""
    raise NotImplementedError("write failing_step")


def differences(model: nn.Sequential, x: torch.Tensor, labels: torch.Tensor, step: float) -> torch.Tensor:
    """By how much the accuracy changes when one weight of model[0] grows by step, divided by step: size of the weights."""
    raise NotImplementedError("write differences")


if __name__ == "__main__":
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(5, 3), nn.LogSoftmax(dim=1))
    x, labels = torch.randn(20, 5), torch.randint(0, 3, (20,))
    print(accuracy(model, x, labels))
    print(failing_step(model, x, labels))
    for step in (1.0, 1e-6):
        print(differences(model, x, labels, step))
