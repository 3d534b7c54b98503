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


def mini_batches(size):
    """Places in the training set, at random: each of them once."""
    return torch.randperm(len(images)).split(size)


print("size  updates  seconds  test accuracy")
for size in (512, 64, 16, 4):
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(784, 10), nn.LogSoftmax(dim=1))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    start = time.perf_counter()
    for step, places in enumerate(mini_batches(size), 1):
        optimizer.zero_grad()
        loss = nn.functional.nll_loss(model(images[places]), labels[places])
        loss.backward()
        optimizer.step()
        if step * size % 2048 < size:
            live.log({f"size {size}": loss.item()}, step=step * size)
    seconds = time.perf_counter() - start
    with torch.no_grad():
        right = (model(test_images).argmax(dim=1) == test_labels).float().mean().item()
    print(f"{size:4}  {step:7}  {seconds:7.1f}  {right:13.3f}")
