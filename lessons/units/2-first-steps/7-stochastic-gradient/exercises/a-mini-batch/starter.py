"""A mini-batch of pictures, drawn at random."""

import torch
from torch.utils.data import DataLoader, Dataset


def load_minibatch(
    dataset: Dataset, size: int = 16, generator: torch.Generator | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Pictures (size, 1, 28, 28), float32 from 0 to 1, and their labels (size,), int64: sampled again in each call."""
    raise NotImplementedError("write load_minibatch")


if __name__ == "__main__":
    from torchvision.datasets import FashionMNIST
    from torchvision.transforms import PILToTensor

    data = FashionMNIST("data", train=True, download=True, transform=PILToTensor())
    images, labels = load_minibatch(data)
    print(images.shape, images.dtype, labels)
