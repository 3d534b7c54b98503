"""A kernel is learned from what another kernel does."""

import torch
import torchvision
from torch.nn.functional import conv2d

from tutor import live

torch.set_num_threads(1)
torch.manual_seed(0)
images = torchvision.datasets.FashionMNIST("data", train=True, download=True).data[:, None].float() / 255
secret = torch.tensor([[-1.0, -1, -1], [0, 0, 0], [1, 1, 1]]).view(1, 1, 3, 3)
learned = torch.randn(1, 1, 3, 3, requires_grad=True)
optimizer = torch.optim.SGD([learned], lr=0.1)
for step, places in enumerate(torch.randperm(len(images)).split(64)):
    optimizer.zero_grad()
    cost = (conv2d(images[places], learned) - conv2d(images[places], secret)).square().mean()
    cost.backward()
    optimizer.step()
    live.log({"cost": cost.item()}, step=step)
print([[round(one, 2) for one in row] for row in learned[0, 0].tolist()])
distance = (learned - secret).norm().item()
print(f"distance {distance:.3f} after {step + 1} steps")
live.show(torch.cat([conv2d(images[:1], one).detach()[0] for one in (secret, learned)]))
