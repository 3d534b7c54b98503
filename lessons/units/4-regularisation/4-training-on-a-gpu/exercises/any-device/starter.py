"""A training that runs where there is a GPU, and where there is none."""

import torch
from torch import nn


def pick_device() -> torch.device:
    """The GPU if there is one, otherwise the CPU."""
    raise NotImplementedError("write pick_device")


def train(model: nn.Module, loader, epochs: int, device: torch.device) -> list[float]:
    """The mean cost of the mini-batches of each epoch; the model is trained on the device."""
    raise NotImplementedError("write train")


def accuracy(model: nn.Module, loader, device: torch.device) -> float:
    """The share of the loader's pictures that a model, which is on the device already, classifies correctly."""
    raise NotImplementedError("write accuracy")


if __name__ == "__main__":
    import torchvision
    from torch.utils.data import DataLoader
    from torchvision.transforms import Compose, ConvertImageDtype, PILToTensor

    to_floats = Compose([PILToTensor(), ConvertImageDtype(torch.float)])
    sets = [
        torchvision.datasets.FashionMNIST("data", train=train, download=True, transform=to_floats) for train in (True, False)
    ]
    chosen = pick_device()
    print("on", chosen)
    torch.manual_seed(0)
    network = nn.Sequential(nn.Flatten(), nn.Linear(784, 10), nn.LogSoftmax(dim=1))
    print(train(network, DataLoader(sets[0], batch_size=256, shuffle=True), 2, chosen))
    print(f"{accuracy(network, DataLoader(sets[1], batch_size=256), chosen):.3f} of the test pictures are right")
