"""Vertical edges of a boot: everywhere, and with the stride (3, 4)."""

import torch
from torch.nn import functional as F
from torchvision.datasets import FashionMNIST

from tutor import live

boot = FashionMNIST("data", train=True, download=True).data[0] / 255
kernel = torch.tensor([[-1.0, 0, 1]] * 3)
full = F.conv2d(boot[None, None], kernel[None, None])
strided = F.conv2d(boot[None, None], kernel[None, None], stride=(3, 4))
live.show(full[0, 0], title="26 x 26")
live.show(strided[0, 0], title="9 x 7")
print("the same as every third row and fourth column:", torch.allclose(strided, full[..., ::3, ::4], atol=1e-5))
