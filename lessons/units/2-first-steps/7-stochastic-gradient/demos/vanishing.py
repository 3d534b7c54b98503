"""The likelihood of an untrained network, for more and more pictures."""

import torch
from torch import nn
from torchvision.datasets import FashionMNIST

data = FashionMNIST("data", train=True, download=True)
X = data.data[:400].flatten(start_dim=1) / 255
labels = data.targets[:400]

torch.manual_seed(0)
z = nn.Linear(784, 10)
with torch.no_grad():
    Y = torch.softmax(z(X), dim=1)
y = Y[torch.arange(400), labels]  # the probability of the true class

for n in (1, 10, 50, 100, 200, 400):
    single, double = y[:n].prod().item(), y[:n].double().prod().item()
    cost = -torch.log(y[:n]).mean().item()
    print(f"{n:3} pictures: L = {single:.3g} in float32, {double:.3g} in float64, and C = {cost:.3f}")
