"""The training set and the test set: how many pictures, of which classes."""

import torch
from torchvision.datasets import FashionMNIST

train = FashionMNIST("data", train=True, download=True)
test = FashionMNIST("data", train=False, download=True)

print("for training:", len(train), " for testing:", len(test))
of_each, for_testing = torch.bincount(train.targets), torch.bincount(test.targets)
for number, name in enumerate(train.classes):
    print(f"{number}  {name:12} {of_each[number]:5} {for_testing[number]:5}")
