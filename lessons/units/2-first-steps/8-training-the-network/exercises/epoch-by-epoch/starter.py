"""Training over several epochs, each followed by an evaluation."""

import torch
from torch import nn
from torch.utils.data import DataLoader

from tutor import live


def fit(
    model: nn.Module, train_loader: DataLoader, test_loader: DataLoader, epochs: int, lr: float
) -> dict[str, list[float]]:
    """Trains the model; "train_loss", "train_acc", "test_loss" and "test_acc", each with a number for each epoch."""
    # After each epoch, live.log({"train/accuracy": ..., "test/accuracy": ...}, step=epoch) draws the curves.
    raise NotImplementedError("write fit")


if __name__ == "__main__":
    import torchvision
    from torchvision.transforms import Compose, ConvertImageDtype, PILToTensor

    to_floats = Compose([PILToTensor(), ConvertImageDtype(torch.float)])
    train_set, test_set = (
        torchvision.datasets.FashionMNIST("data", train=train, download=True, transform=to_floats)
        for train in (True, False)
    )
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(784, 10), nn.LogSoftmax(dim=1))
    train_loader = DataLoader(train_set, batch_size=256, shuffle=True)
    test_loader = DataLoader(test_set, batch_size=256)
    for name, values in fit(model, train_loader, test_loader, epochs=10, lr=0.1).items():
        print(name, [round(value, 3) for value in values])
