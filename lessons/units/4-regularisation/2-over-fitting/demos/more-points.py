"""The larger network and a thousand points of the curve, with the same noise."""

import matplotlib.pyplot as plt
import torch
from torch import nn


def f(x):
    return x + torch.sin(x) + torch.cos(2 * x)


X = torch.linspace(-5, 5, 1000).reshape(1000, 1)
Xtrain = torch.linspace(-5, 5, 1000).reshape(1000, 1)
torch.manual_seed(1)
Ytrain = f(Xtrain) + 1.2 * torch.randn(Xtrain.size())

torch.manual_seed(0)
sizes = [(1, 100), (100, 100), (100, 100)]
model = nn.Sequential(*(layer for size in sizes for layer in (nn.Linear(*size), nn.ReLU())), nn.Linear(100, 1))
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)

for _ in range(3000):
    optimizer.zero_grad()
    cost = nn.functional.mse_loss(model(Xtrain), Ytrain)
    cost.backward()
    optimizer.step()
curve = model(X).detach()
to_rule = (curve - f(X)).square().mean().item()
print(f"mean squared error {cost.item():.3f} at the points, {to_rule:.3f} to the rule")
plt.plot(Xtrain[::10], Ytrain[::10], ".", color="tab:red", label="one in ten points")
plt.plot(X, f(X), color="black", label="the rule")
plt.plot(X, curve, label="network")
plt.legend()
plt.show()
