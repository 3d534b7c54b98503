"""The network in one object."""

import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(784, 10), nn.LogSoftmax(dim=1))
print(model)

picture = torch.rand(1, 784)
logs = model(picture)
print("output:", logs)
print("as probabilities:", logs.exp(), "sum:", logs.exp().sum().item())
