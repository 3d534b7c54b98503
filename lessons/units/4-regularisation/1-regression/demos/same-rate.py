"""A thousand points, the small network, and the rates 0.1 to 0.00001 with the mean and with the sum of squares."""

import torch
from torch import nn


def f(x):
    return x + torch.sin(x) + torch.cos(2 * x)


Xtrain = torch.linspace(-5, 5, 1000).reshape(1000, 1)
torch.manual_seed(1)
Ytrain = f(Xtrain) + 1.2 * torch.randn(Xtrain.size())


def trained(reduction, rate):
    torch.manual_seed(1)
    model = nn.Sequential(nn.Linear(1, 2), nn.ReLU(), nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1))
    optimizer = torch.optim.SGD(model.parameters(), lr=rate)
    for _ in range(300):
        optimizer.zero_grad()
        nn.functional.mse_loss(model(Xtrain), Ytrain, reduction=reduction).backward()
        optimizer.step()
    return nn.functional.mse_loss(model(Xtrain), Ytrain).item()


ends = {}
for reduction, rate in (("mean", 0.1), ("mean", 0.01), ("sum", 0.1), ("sum", 0.01), ("sum", 1e-4), ("sum", 1e-5)):
    ends[reduction, rate] = trained(reduction, rate)
    print(f"{reduction:>4}, rate {rate:g}: mean squared error {ends[reduction, rate]:.4f} after 300 steps")
