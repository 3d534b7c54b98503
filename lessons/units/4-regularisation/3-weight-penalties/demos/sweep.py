"""A thousand garments, and a penalty of absolute values with different numbers in front of it."""

import torch
import torchvision
from torch import nn

from tutor import live


def pictures(train):
    data = torchvision.datasets.FashionMNIST("data", train=train, download=True)
    return data.data.flatten(start_dim=1).float() / 255, data.targets


(images, labels), (others, truth) = pictures(train=True), pictures(train=False)
order = torch.randperm(10_000, generator=torch.Generator().manual_seed(0))
chosen = torch.randperm(60_000, generator=torch.Generator().manual_seed(0))[:1000]
X, Y = images[chosen], labels[chosen]
x, y = others[order[:8000]], truth[order[:8000]]


def run(lam):
    torch.manual_seed(0)
    hidden = [nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU()]
    model = nn.Sequential(*hidden, nn.Linear(128, 10), nn.LogSoftmax(dim=1))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    for _ in range(80):
        for places in torch.randperm(1000).split(256):
            optimizer.zero_grad()
            cost = nn.functional.nll_loss(model(X[places]), Y[places])
            size = sum(layer.weight.abs().sum() for layer in model if hasattr(layer, "weight"))
            (cost + lam * size).backward()
            optimizer.step()
    with torch.no_grad():
        costs = [nn.functional.nll_loss(model(rows), names).item() for rows, names in ((X, Y), (x, y))]
        return *costs, (model[0].weight.abs() < 0.001).float().mean().item()


found = {}
for step, lam in enumerate((0, 1e-5, 1e-4, 3e-4, 1e-3, 3e-3)):
    found[lam] = run(lam)
    live.log({"train/cost": found[lam][0], "val/cost": found[lam][1]}, step=step)
    train, val, tiny = found[lam]
    print(f"lambda {lam:g}: training {train:.3f}, validation {val:.3f}, first-layer weights below 0.001: {tiny:.2f}")
