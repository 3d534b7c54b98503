"""One epoch of stochastic gradient descent, with mini-batches of several sizes."""

import time

import torch
from torch import nn
from torchvision.datasets import FashionMNIST

from tutor import live

data = FashionMNIST("data", train=True, download=True)
X = data.data.flatten(start_dim=1) / 255
labels = data.targets

costs = []
for size in (60000, 4096, 256, 64):
    torch.manual_seed(0)
    z = nn.Linear(784, 10)
    order, start = torch.randperm(len(X)), time.perf_counter()
    for step, chosen in enumerate(order.split(size)):
        z.zero_grad()
        cost = nn.functional.cross_entropy(z(X[chosen]), labels[chosen])
        cost.backward()
        with torch.no_grad():
            for parameter in z.parameters():
                parameter -= 0.1 * parameter.grad
        live.log({f"cost, {size} at a time": cost.item()}, step=step)
    seconds = time.perf_counter() - start
    with torch.no_grad():
        costs.append(nn.functional.cross_entropy(z(X), labels).item())
    print(f"mini-batches of {size:5}: {step + 1:3} steps in {seconds:.1f} s, then the cost is {costs[-1]:.3f}")
