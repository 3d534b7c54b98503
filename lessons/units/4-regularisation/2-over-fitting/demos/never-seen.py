"""Trained on the classes 0 to 4, chosen by 0 to 6, tested on 5 to 9."""

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



def only(x, y, low, high):
    kept = ((y >= low) & (y <= high)).nonzero()[:, 0]
    return x[kept], y[kept]


X, Y = only(images[:20_000], labels[:20_000], 0, 4)
sets = {"training": (X, Y), "validation": only(others[val], truth[val], 0, 6), "test": only(others[test], truth[test], 5, 9)}
torch.manual_seed(0)
model = nn.Sequential(nn.Linear(784, 100), nn.ReLU(), nn.Linear(100, 10), nn.LogSoftmax(dim=1))
optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
accuracies = []
for epoch in range(1, 7):
    for places in torch.randperm(len(X)).split(256):
        optimizer.zero_grad()
        nn.functional.nll_loss(model(X[places]), Y[places]).backward()
        optimizer.step()
    with torch.no_grad():
        accuracies.append([(model(x).argmax(dim=1) == y).float().mean().item() for x, y in sets.values()])
    live.log(dict(zip([f"{name}/accuracy" for name in sets], accuracies[-1], strict=True)), step=epoch)
share = (sets["validation"][1] < 5).float().mean().item()
print("accuracy at the end:", {name: round(one, 3) for name, one in zip(sets, accuracies[-1], strict=True)})
print(f"pictures of the classes 0 to 4 in the validation set: {share:.3f}")
