"""A corruptor in training mode and in prediction mode."""

import torch
from torch import nn
from torchvision.datasets import FashionMNIST

from tutor import live

torch.manual_seed(0)
corruptor = nn.Dropout()
ones = corruptor(torch.ones(10_000))
print("ones become", ones.unique().tolist(), f"- {(ones == 0).float().mean():.1%} of them 0")

x = FashionMNIST("data", train=False, download=True).data[:1, None] / 255
corrupted = corruptor(x)
live.show(torch.cat([x, corrupted]), title=["original", "corrupted"])
print("largest pixel:", x.max().item(), "and", corrupted.max().item())
corruptor.eval()
print("in prediction mode nothing changes:", torch.equal(corruptor(x), x))
