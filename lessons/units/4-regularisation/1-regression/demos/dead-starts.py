"""The small network from ten random starts, with two rates."""

import torch
from torch import nn


def f(x):
    return x + torch.sin(x) + torch.cos(2 * x)


Xtrain = torch.linspace(-5, 5, 10).reshape(10, 1)
torch.manual_seed(1)
Ytrain = f(Xtrain) + 1.2 * torch.randn(Xtrain.size())


def error(seed, rate):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(1, 2), nn.ReLU(), nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1))
    optimizer = torch.optim.SGD(model.parameters(), lr=rate)
    for _ in range(1000):
        optimizer.zero_grad()
        cost = nn.functional.mse_loss(model(Xtrain), Ytrain)
        cost.backward()
        optimizer.step()
    return cost.item()


print("variance of the targets:", round(Ytrain.var(correction=0).item(), 4))
errors = {rate: [error(seed, rate) for seed in range(10)] for rate in (0.1, 0.01)}
for rate, found in errors.items():
    print(f"rate {rate}: " + " ".join(f"{one:.2f}" for one in found))
