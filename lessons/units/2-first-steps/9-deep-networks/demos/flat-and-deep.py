"""A flat and a deep network, trained by one and the same loop."""

import torch
import torchvision
from torch import nn

from tutor import live


def pictures(train):
    data = torchvision.datasets.FashionMNIST("data", train=train, download=True)
    return data.data.flatten(start_dim=1).float() / 255, data.targets


def accuracy(model, images, labels):
    with torch.no_grad():
        return (model(images).argmax(dim=1) == labels).float().mean().item()


def fit(name, model, epochs=5, batch_size=64):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    accuracies = []
    for epoch in range(epochs):
        for places in torch.randperm(len(images)).split(batch_size):
            optimizer.zero_grad()
            nn.functional.nll_loss(model(images[places]), labels[places]).backward()
            optimizer.step()
        accuracies.append(accuracy(model, test_images, test_labels))
        live.log({f"{name}/accuracy": accuracies[-1]}, step=epoch)
    print(f"{name}: test accuracy", ", ".join(f"{one:.3f}" for one in accuracies))


(images, labels), (test_images, test_labels) = pictures(train=True), pictures(train=False)

torch.manual_seed(0)
fit("flat", nn.Sequential(nn.Linear(784, 10), nn.LogSoftmax(dim=1)))
torch.manual_seed(0)
fit(
    "deep",
    nn.Sequential(nn.Linear(784, 20), nn.ReLU(), nn.Linear(20, 10), nn.LogSoftmax(dim=1)),
)
