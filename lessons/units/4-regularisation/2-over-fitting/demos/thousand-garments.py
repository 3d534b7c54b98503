"""A thousand garments to learn from, 8,000 to choose the epoch by, 2,000 for the end."""

import torch
import torchvision
from torch import nn

from tutor import live


def pictures(train):
    data = torchvision.datasets.FashionMNIST("data", train=train, download=True)
    return data.data.flatten(start_dim=1).float() / 255, data.targets


(images, labels), (others, truth) = pictures(train=True), pictures(train=False)
order = torch.randperm(10_000, generator=torch.Generator().manual_seed(0))
val, test = order[:8000], order[8000:]

chosen = torch.randperm(60_000, generator=torch.Generator().manual_seed(0))[:1000]
X, Y = images[chosen], labels[chosen]


@torch.no_grad()
def measured(x, y):
    logs = model(x)
    return nn.functional.nll_loss(logs, y).item(), (logs.argmax(dim=1) == y).float().mean().item()


torch.manual_seed(0)
hidden = [nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU()]
model = nn.Sequential(*hidden, nn.Linear(128, 10), nn.LogSoftmax(dim=1))
optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
history = []
for epoch in range(1, 41):
    for places in torch.randperm(1000).split(50):
        optimizer.zero_grad()
        nn.functional.nll_loss(model(X[places]), Y[places]).backward()
        optimizer.step()
    history.append((measured(X, Y), measured(others[val], truth[val]), measured(others[test], truth[test])))
    live.log({"train/cost": history[-1][0][0], "val/cost": history[-1][1][0]}, step=epoch)

best = min(range(40), key=lambda epoch: history[epoch][1][0])
for epoch in (best, 39):
    told = [f"{cost:.3f} / {accuracy:.3f}" for cost, accuracy in history[epoch]]
    print(f"after {epoch + 1} epochs, cost / accuracy: training {told[0]}, validation {told[1]}, test {told[2]}")
