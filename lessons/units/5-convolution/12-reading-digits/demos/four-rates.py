"""LeNet-5 with four learning rates, ten epochs each."""

import torch
from torch import nn
from torchvision.datasets import MNIST

from tutor import live

data = MNIST("data", train=True, download=True)
torch.manual_seed(0)
order = torch.randperm(len(data))
X, Y = data.data[order, None] / 255, data.targets[order]
X_val, Y_val, X, Y = X[:200], Y[:200], X[200:1437], Y[200:1437]


def run(eta):
    torch.manual_seed(1)
    net = nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 120, 5), nn.ReLU(), nn.Flatten(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10),
    )  # fmt: skip
    optimizer = torch.optim.SGD(net.parameters(), lr=eta)
    for epoch in range(10):
        for part in torch.randperm(len(X)).split(64):
            optimizer.zero_grad()
            cost = nn.functional.cross_entropy(net(X[part]), Y[part])
            cost.backward()
            optimizer.step()
        with torch.no_grad():
            held_out = nn.functional.cross_entropy(net(X_val), Y_val).item()
        live.log({f"validation, {eta}": held_out}, step=epoch)
    return held_out


costs = {eta: run(eta) for eta in (0.01, 0.1, 0.3, 1.0)}
for eta, cost in costs.items():
    print(f"rate {eta}: validation cost {cost:.3f}")
