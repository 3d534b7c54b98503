"""The six filters of a trained first layer, and what they make of one digit."""

import torch
from torch import nn
from torchvision.datasets import MNIST

from tutor import live

data = MNIST("data", train=True, download=True)
X, Y = data.data[:1437, None] / 255, data.targets[:1437]
torch.manual_seed(1)
net = nn.Sequential(
    nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(16, 120, 5), nn.ReLU(), nn.Flatten(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10),
)  # fmt: skip
optimizer = torch.optim.SGD(net.parameters(), lr=0.3)
for _ in live.progress(range(15)):
    for part in torch.randperm(len(X)).split(64):
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(X[part]), Y[part]).backward()
        optimizer.step()

with torch.no_grad():
    maps = net[1](net[0](X[3:4]))[0]
    later = net[:5](X[3:4])[0]
live.show(net[0].weight.detach(), title=[f"filter {number}" for number in range(1, 7)])
live.show(torch.cat([X[3:4], maps[:, None]]), title=["digit", *(f"map {number}" for number in range(1, 7))])
own = later / later.amax(dim=(1, 2), keepdim=True).clamp(min=1e-6)  # each map in its own range
live.show(own[:8, None], title=[f"C3, map {number}" for number in range(1, 9)])
print(f"first layer {list(maps.shape)}, second {list(later.shape)}; switched off: {(maps == 0).float().mean():.0%}")
