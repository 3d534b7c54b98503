"""The cost of the untrained network, over the entire training set."""

import torch
from torch import nn
from torch.utils.data import DataLoader


def pixels(image) -> torch.Tensor:
    """A grey picture as PIL holds it -> its pixels, (1, 28, 28), float32, from 0 for nothing to 1 for full ink."""
    # Compose([...]), PILToTensor() and ConvertImageDtype(...) are in torchvision.transforms.
    raise NotImplementedError("write pixels")


def full_cost(z: nn.Module, images: torch.Tensor, labels: torch.Tensor) -> float:
    """The cross entropy of softmax(z(X)), over all pictures: images (n, 1, 28, 28) float32, labels (n,) int64."""
    raise NotImplementedError("write full_cost")


def untrained() -> None:
    """The cost of a network that knows nothing yet, for all 60,000 pictures."""
    from torchvision.datasets import FashionMNIST

    data = FashionMNIST("data", train=True, download=True, transform=pixels)
    images, labels = next(iter(DataLoader(data, batch_size=len(data))))  # one mini-batch that holds everything
    torch.manual_seed(0)
    print(full_cost(nn.Linear(784, 10), images, labels))


if __name__ == "__main__":
    untrained()
