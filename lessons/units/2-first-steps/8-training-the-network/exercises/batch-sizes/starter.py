"""The same training with mini-batches of different sizes."""

import time
from collections.abc import Sequence

import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset, Subset

from tutor import live


def compare_batch_sizes(sizes: Sequence[int], epochs: int, train_set: Dataset, test_set: Dataset) -> list[dict]:
    """For each size a dict: "batch_size", "model", "steps", "seconds", "train_loss", "train_acc" and "test_acc"."""
    # After the i-th size, live.log({"test accuracy": ...}, step=i) draws a point.
    raise NotImplementedError("write compare_batch_sizes")


if __name__ == "__main__":
    import torchvision
    from torchvision.transforms import Compose, ConvertImageDtype, PILToTensor

    to_floats = Compose([PILToTensor(), ConvertImageDtype(torch.float)])
    train_set, test_set = (
        torchvision.datasets.FashionMNIST("data", train=train, download=True, transform=to_floats)
        for train in (True, False)
    )
    few = Subset(train_set, range(6000))
    for row in compare_batch_sizes([1, 4, 16, 512], 1, few, test_set):
        print(row)
