"""Training with a rate that may decay, and what decay is good for."""

import torch
from torch import nn
from torch.utils.data import DataLoader

from tutor import live


def fit(
    model: nn.Module,
    train_loader: DataLoader,
    test_loader: DataLoader,
    epochs: int,
    lr: float,
    gamma: float | None = None,
) -> dict[str, list[float]]:
    """Trains the model; "train_loss", "test_loss" and "test_acc", each with a number for each epoch."""
    # After each epoch, live.log({"test/cost": ...}, step=epoch) draws the curve.
    raise NotImplementedError("write fit")


def compare(
    model: nn.Module, train_loader: DataLoader, test_loader: DataLoader, epochs: int, lr: float, gamma: float
) -> tuple[float, float]:
    """How much the last five test costs spread without decay, and with it."""
    raise NotImplementedError("write compare")


if __name__ == "__main__":
    import torchvision

    torch.manual_seed(0)
    loaders = []
    for train, count in ((True, 10_000), (False, 10_000)):
        data = torchvision.datasets.FashionMNIST("data", train=train, download=True)
        rows, labels = data.data[:count].flatten(start_dim=1) / 255, data.targets[:count]
        loaders.append(DataLoader(torch.utils.data.TensorDataset(rows, labels), batch_size=64, shuffle=train))
    model = nn.Sequential(nn.Linear(784, 20), nn.ReLU(), nn.Linear(20, 10), nn.LogSoftmax(dim=1))
    for lr in (0.5, 0.02):
        print(f"rate {lr}: without decay and with it,", compare(model, *loaders, epochs=15, lr=lr, gamma=0.8))
