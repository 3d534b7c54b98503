"""One epoch with mini-batches of different sizes: updates, time, accuracy."""

import time

import torch
import torchvision
from torch import nn

from tutor import live


def pictures(train):
    data = torchvision.datasets.FashionMNIST("data", train=train, download=True)
    return data.data.flatten(start_dim=1).float() / 255, data.targets


(images, labels), (test_images, test_labels) = pictures(train=True), pictures(train=False)

print("size  updates  seconds  test accuracy")
updates = []
for size in (512, 64, 16, 4):
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(784, 10), nn.LogSoftmax(dim=1))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    start, steps = time.perf_counter(), 0
    for places in torch.randperm(len(images)).split(size):
        optimizer.zero_grad()
        loss = nn.functional.nll_loss(model(images[places]), labels[places])
        loss.backward()
        optimizer.step()
        steps += 1
        if steps * size % 2048 < size:
            live.log({f"size {size}": loss.item()}, step=steps * size)
    seconds = time.perf_counter() - start
    with torch.no_grad():
        right = (model(test_images).argmax(dim=1) == test_labels).float().mean().item()
    print(f"{size:4}  {steps:7}  {seconds:7.1f}  {right:13.3f}")
    updates.append(steps)

live.log({"updates": updates})
