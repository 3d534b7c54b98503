"""The picture of this unit, the first of the training set: an ankle boot."""

import torchvision

from tutor import live

data = torchvision.datasets.FashionMNIST("data", train=True, download=True)
boot = data.data[0]
print(boot.dtype, tuple(boot.shape), "class", data.targets[0].item(), "sum", boot.sum().item())
live.show(boot)
