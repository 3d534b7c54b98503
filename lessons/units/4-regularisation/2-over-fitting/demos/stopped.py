"""The curve when training is stopped at different times."""

import matplotlib.pyplot as plt
import torch
from torch import nn


def f(x):
    return x + torch.sin(x) + torch.cos(2 * x)


X = torch.linspace(-5, 5, 1000).reshape(1000, 1)
Xtrain = torch.linspace(-5, 5, 10).reshape(10, 1)
torch.manual_seed(1)
Ytrain = f(Xtrain) + 1.2 * torch.randn(Xtrain.size())

torch.manual_seed(0)
sizes = [(1, 100), (100, 100), (100, 100)]
model = nn.Sequential(*(layer for size in sizes for layer in (nn.Linear(*size), nn.ReLU())), nn.Linear(100, 1))
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)

curves = {}
for step in range(3000):
    if step in (500, 788):
        curves[step] = model(X).detach()
    optimizer.zero_grad()
    nn.functional.mse_loss(model(Xtrain), Ytrain).backward()
    optimizer.step()
curves[3000] = model(X).detach()

distances = {step: (curve - f(X)).square().mean().item() for step, curve in curves.items()}
plt.plot(X, f(X), color="black", label="the rule")
for step, curve in curves.items():
    print(f"after {step} steps: {distances[step]:.3f} to the rule")
    if step != 500:
        plt.plot(X, curve, label=f"after {step} steps")
plt.plot(Xtrain, Ytrain, "o", color="tab:red", label="measured")
plt.legend()
plt.show()
