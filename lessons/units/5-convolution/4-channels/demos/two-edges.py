"""512 garments through two kernels."""

import torch
import torchvision
from torch.nn.functional import conv2d

from tutor import live

images = torchvision.datasets.FashionMNIST("data", train=True, download=True).data[:512].float() / 255
across = torch.tensor([[-1.0, 0, 1]]).expand(3, 3)
kernels = torch.stack([across.T, across])
maps = conv2d(images[:, None], kernels[:, None])
print("kernels", tuple(kernels.shape), "result", tuple(maps.shape))
ranges = [[round(one.min().item(), 4), round(one.max().item(), 4)] for one in maps[0]]
print("the boot's channels go from", ranges[0], "and", ranges[1])
live.show(maps[0])
