"""A picture, and the same picture with a shorter side of 256 pixels."""

import torch
import torchvision
import torchvision.transforms as T

from tutor import live

boot = torchvision.datasets.FashionMNIST("data", train=True, download=True).data[:1] / 255
large = T.Resize(256, antialias=True)(boot)
wide = T.Resize(256, antialias=True)(torch.rand(3, 300, 500))
print(tuple(boot.shape), "->", tuple(large.shape))
print((3, 300, 500), "->", tuple(wide.shape))
live.show(boot)
live.show(large)
