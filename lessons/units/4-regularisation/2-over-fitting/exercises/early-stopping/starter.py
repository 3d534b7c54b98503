"""Three sets, and the model of the best epoch."""

import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset

from tutor import live


def split(dataset: Dataset, share: float, seed: int) -> tuple[Dataset, Dataset]:
    """A random validation set with this share of the samples, and a test set with the others."""
    raise NotImplementedError("write split")


def best_epoch(costs: list[float]) -> int:
    """The first epoch with the lowest cost, counted from 0."""
    raise NotImplementedError("write best_epoch")


def fit(
    model: nn.Module, train_loader: DataLoader, val_loader: DataLoader, test_loader: DataLoader, epochs: int, lr: float
) -> dict[str, list[float] | int]:
    """Trains, and leaves the model as it was after the best epoch; "train", "val", "test" and "best"."""
    # After each epoch, live.log({"train/cost": ..., "val/cost": ...}, step=epoch) draws the curves.
    raise NotImplementedError("write fit")


def learn(X: torch.Tensor, Y: torch.Tensor, X_val: torch.Tensor, Y_val: torch.Tensor) -> nn.Module:
    """A model for points inside and outside a circle, some of them with the wrong label."""
    raise NotImplementedError("write learn")


if __name__ == "__main__":
    import torchvision

    def pictures(train: bool) -> torch.utils.data.TensorDataset:
        data = torchvision.datasets.FashionMNIST("data", train=train, download=True)
        return torch.utils.data.TensorDataset(data.data.flatten(start_dim=1) / 255, data.targets)

    torch.manual_seed(0)
    few = torch.utils.data.Subset(pictures(train=True), range(1000))
    val, test = split(pictures(train=False), 0.8, 0)
    loaders = [DataLoader(few, batch_size=50, shuffle=True), DataLoader(val, batch_size=500), DataLoader(test, batch_size=500)]
    hidden = [nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU()]
    model = nn.Sequential(*hidden, nn.Linear(128, 10), nn.LogSoftmax(dim=1))
    history = fit(model, *loaders, epochs=60, lr=0.1)
    for name in ("train", "val", "test"):
        costs = history[name]
        print(f"{name}: {costs[history['best']]:.3f} after the best epoch, {history['best']}, and {costs[-1]:.3f} at the end")
