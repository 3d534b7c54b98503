"""Residual blocks of PyTorch's modules and of fused ones, trained from the same numbers."""

import torch
import torchvision
from torch import nn

from kernels.nn import BatchNorm2d
from tutor import live

device = "cuda" if torch.cuda.is_available() else "cpu"
data = torchvision.datasets.FashionMNIST("data", train=True, download=True)
X, Y = data.data[:2000, None].to(device) / 255, data.targets[:2000].to(device)


class Block(nn.Module):
    def __init__(self, channels, fused):
        super().__init__()
        self.first, self.second = (nn.Conv2d(channels, channels, 3, padding=1, bias=False) for _ in range(2))
        self.norms = nn.ModuleList(BatchNorm2d(channels, relu=True) if fused else nn.BatchNorm2d(channels) for _ in range(2))
        self.fused = fused

    def forward(self, X):
        if self.fused:
            return self.norms[1](self.second(self.norms[0](self.first(X))), X)
        Y = torch.relu(self.norms[0](self.first(X)))
        return torch.relu(self.norms[1](self.second(Y)) + X)


def train(name, fused):
    torch.manual_seed(0)
    blocks = [Block(8, fused) for _ in range(3)]
    net = nn.Sequential(nn.Conv2d(1, 8, 3, stride=2), *blocks, nn.Flatten(), nn.Linear(8 * 13 * 13, 10)).to(device)
    optimizer = torch.optim.SGD(net.parameters(), lr=0.02)
    costs = []
    for step, part in enumerate(torch.randperm(len(X)).split(50)):
        optimizer.zero_grad()
        cost = nn.functional.cross_entropy(net(X[part]), Y[part])
        cost.backward()
        optimizer.step()
        costs.append(cost.item())
        live.log({name: costs[-1]}, step=step)
    return torch.tensor(costs)


plain, fused = train("torch.nn", False), train("kernels.nn", True)
print(f"cost {plain[0]:.2f} -> {plain[-1]:.2f}; the curves differ by {(plain - fused).abs().max():.0e} at most")
