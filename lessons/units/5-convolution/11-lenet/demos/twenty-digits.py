"""The first digits, and a split of what is not the test set."""

import torch
from torchvision.datasets import MNIST

from tutor import live

data, test = (MNIST("data", train=train, download=True) for train in (True, False))
torch.manual_seed(0)
held_back = 1024 if len(data) == 60_000 else 200
order = torch.randperm(len(data))
validation, training = order[:held_back], order[held_back:]
live.show(data.data[:20][:, None], title=[str(int(label)) for label in data.targets[:20]])
print(f"{len(training):,} for training, {len(validation):,} for validation, {len(test):,} for the test")
print(f"values from {data.data.min()} to {data.data.max()}, {len(data.data.unique())} different ones")
