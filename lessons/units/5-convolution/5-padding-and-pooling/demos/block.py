"""Two edge detectors, a ReLU, and the maximum of tiles of 3 by 3."""

import torch
from torch import nn
from torchvision.datasets import FashionMNIST

from tutor import live

boot = FashionMNIST("data", train=True, download=True).data[:1, None] / 255
vertical = torch.tensor([[-1.0, 0, 1]] * 3)
edges = nn.Conv2d(1, 2, kernel_size=3, bias=False)
edges.weight = nn.Parameter(torch.stack([vertical, vertical.T])[:, None], requires_grad=False)
block = nn.Sequential(edges, nn.ReLU(), nn.MaxPool2d((3, 3), ceil_mode=True))
found = block(boot)
live.show(edges(boot)[0, :, None], title=["vertical edges", "horizontal edges"])
live.show(found[0, :, None], title=["pooled", "pooled"])
print(f"from {list(boot.shape)} to {list(found.shape)}, largest {found.max():.2f}")
