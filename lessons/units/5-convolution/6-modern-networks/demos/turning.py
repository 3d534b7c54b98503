"""LeNet-5 and a thousand garments, as they are and altered anew in every epoch."""

import torch
import torchvision
from torch import nn

from tutor import live


def pictures(train, n):
    data = torchvision.datasets.FashionMNIST("data", train=train, download=True)
    return data.data[:n, None] / 255, data.targets[:n]


(X, Y), (x, y) = pictures(True, 1000), pictures(False, 4000)


def altered(rows):
    wider = nn.functional.pad(rows, (2, 2, 2, 2))
    moved = [one[:, r : r + 28, c : c + 28] for one, (r, c) in zip(wider, torch.randint(5, (len(rows), 2)).tolist())]
    mirror = torch.rand(len(rows), 1, 1, 1) < 0.5
    return torch.where(mirror, torch.stack(moved).flip(3), torch.stack(moved))


def lenet():
    maps = [nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2)]
    rest = [nn.Conv2d(16, 120, 5), nn.ReLU(), nn.Flatten(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10)]
    return nn.Sequential(*maps, *rest)


def costs(model):
    with torch.no_grad():
        return [nn.functional.cross_entropy(model(rows), labels).item() for rows, labels in ((X, Y), (x, y))]


ends = {}
for name, change in (("as they are", lambda rows: rows), ("altered", altered)):
    torch.manual_seed(0)
    model, history = lenet(), []
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    for epoch in range(1, 51):
        for places in torch.randperm(1000).split(50):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(change(X[places])), Y[places]).backward()
            optimizer.step()
        if epoch % 2 == 0:
            history.append(costs(model))
            live.log({f"{name}, training": history[-1][0], f"{name}, test": history[-1][1]}, step=epoch)
    ends[name] = *history[-1], min(test for _, test in history)
    print(f"{name}: training {ends[name][0]:.3f}, test {ends[name][1]:.3f}, lowest {ends[name][2]:.3f}")
