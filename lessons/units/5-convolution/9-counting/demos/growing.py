"""What one output pixel depends on, behind one, two and three convolutions of 3 x 3."""

import torch
from torch import nn

from tutor import live

torch.manual_seed(0)
pictures, sides = [], []
for layers in (1, 2, 3):
    model = nn.Sequential(*(nn.Conv2d(1, 1, 3) for _ in range(layers)))
    x = torch.randn(1, 1, 15, 15, requires_grad=True)
    y = model(x)[0, 0]
    y[len(y) // 2, len(y) // 2].backward()
    seen = (x.grad[0, 0] != 0).float()
    pictures.append(seen)
    sides.append(int(seen.any(dim=0).sum()))
live.show(torch.stack(pictures)[:, None], title=["one layer", "two layers", "three layers"])
print("sides of the receptive field:", sides, "and pixels:", [int(one.sum()) for one in pictures])
