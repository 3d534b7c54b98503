"""The test set, once; and its first twenty digits, each with what was read and what it is."""

import copy

import torch
from torch import nn
from torchvision.datasets import MNIST

from tutor import live

data, test = (MNIST("data", train=train, download=True) for train in (True, False))
torch.manual_seed(0)
order = torch.randperm(len(data))
X, Y = data.data[order, None] / 255, data.targets[order]
X_val, Y_val, X, Y = X[:200], Y[:200], X[200:1437], Y[200:1437]

torch.manual_seed(1)
net = nn.Sequential(
    nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(16, 120, 5), nn.ReLU(), nn.Flatten(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10),
)  # fmt: skip
optimizer = torch.optim.SGD(net.parameters(), lr=0.3)
lowest, best = float("inf"), None
for _ in live.progress(range(20)):
    for part in torch.randperm(len(X)).split(64):
        optimizer.zero_grad()
        nn.functional.cross_entropy(net(X[part]), Y[part]).backward()
        optimizer.step()
    with torch.no_grad():
        cost = nn.functional.cross_entropy(net(X_val), Y_val).item()
    if cost < lowest:
        lowest, best = cost, copy.deepcopy(net.state_dict())
net.load_state_dict(best)
with torch.no_grad():
    read = net(test.data[:, None] / 255).argmax(dim=1)
error = (read != test.targets).float().mean().item()
live.show(test.data[:20, None], title=[f"{int(a)}/{int(b)}" for a, b in zip(read[:20], test.targets[:20], strict=True)])
print(f"{error:.1%} of {len(test)} digits are read wrongly")
