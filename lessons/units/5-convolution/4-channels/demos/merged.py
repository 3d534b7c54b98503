"""Two channels of edges are merged by a kernel of one by one."""

import torch
import torchvision
from torch.nn.functional import conv2d

from tutor import live

images = torchvision.datasets.FashionMNIST("data", train=True, download=True).data[:512].float() / 255
across = torch.tensor([[-1.0, 0, 1]]).expand(3, 3)
maps = conv2d(images[:, None], torch.stack([across.T, across])[:, None])
merging = torch.tensor(0.5).expand(2, 1, 1)
merged = conv2d(maps, merging[None])[:, 0]
print("kernel", tuple(merging.shape), "result", tuple(merged.shape))
print(f"from {merged[0].min():.4f} to {merged[0].max():.4f}")
cancelled = (maps[0, 0] * maps[0, 1] < 0).float().mean().item()
print(f"at {cancelled:.0%} of the boot's places the two have different signs")
live.show(merged[0])
