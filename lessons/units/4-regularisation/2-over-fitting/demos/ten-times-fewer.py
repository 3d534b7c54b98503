"""The best epoch with 5,000 and with 500 garments, in mini-batches of 50."""

import torch
import torchvision
from torch import nn

from tutor import live


def pictures(train):
    data = torchvision.datasets.FashionMNIST("data", train=train, download=True)
    return data.data.flatten(start_dim=1).float() / 255, data.targets


(images, labels), (others, truth) = pictures(train=True), pictures(train=False)
order = torch.randperm(10_000, generator=torch.Generator().manual_seed(0))

x, y = others[order[:8000]], truth[order[:8000]]
found = {}
for n, epochs in ((5000, 20), (500, 40)):
    torch.manual_seed(0)
    chosen = torch.randperm(60_000)[:n]
    hidden = [nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU()]
    model = nn.Sequential(*hidden, nn.Linear(128, 10), nn.LogSoftmax(dim=1))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    costs = []
    for _ in range(epochs):
        for places in chosen[torch.randperm(n)].split(50):
            optimizer.zero_grad()
            nn.functional.nll_loss(model(images[places]), labels[places]).backward()
            optimizer.step()
        with torch.no_grad():
            costs.append(nn.functional.nll_loss(model(x), y).item())
        live.log({f"{n} garments": costs[-1]}, step=len(costs) * n // 50)
    lowest = min(costs)
    epoch = costs.index(lowest) + 1
    found[n] = epoch * n // 50, lowest, costs[-1]
    print(f"{n} garments: best after epoch {epoch}, update {found[n][0]}, at {lowest:.3f}; at the end {costs[-1]:.3f}")
