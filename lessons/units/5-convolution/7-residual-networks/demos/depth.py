"""Thirty blocks, plain and residual, and how well they learn ten thousand garments."""

import torch
import torchvision
from torch import nn

from tutor import live

data = torchvision.datasets.FashionMNIST("data", train=True, download=True)
X, Y = data.data[:10_000].flatten(start_dim=1) / 255, data.targets[:10_000]


class Blocks(nn.Module):
    def __init__(self, blocks, residual):
        super().__init__()
        self.first, self.last, self.residual = nn.Linear(784, 32), nn.Linear(32, 10), residual
        self.paths = nn.ModuleList()
        for _ in range(blocks):
            self.paths.append(nn.Sequential(nn.Linear(32, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Linear(32, 32)))

    def forward(self, rows):
        h = torch.relu(self.first(rows))
        for path in self.paths:
            h = torch.relu(path(h) + h if self.residual else path(h))
        return self.last(h)


def accuracy(residual, epochs=5):
    torch.manual_seed(0)
    model = Blocks(30, residual)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    for step, places in enumerate(torch.cat([torch.randperm(len(X)) for _ in range(epochs)]).split(100)):
        optimizer.zero_grad()
        cost = nn.functional.cross_entropy(model(X[places]), Y[places])
        cost.backward()
        optimizer.step()
        live.log({"residual" if residual else "plain": cost.item()}, step=step)
    with torch.no_grad():
        return (model.eval()(X).argmax(dim=1) == Y).float().mean().item()


plain, residual = accuracy(False), accuracy(True)
print(f"training accuracy: {plain:.3f} plain, {residual:.3f} residual")
