"""A larger network, the ten points, and the curve while it learns."""

import matplotlib.pyplot as plt
import torch
from torch import nn

from tutor import live


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

figure, axes = plt.subplots()
for step in range(1, 3001):
    optimizer.zero_grad()
    cost = nn.functional.mse_loss(model(Xtrain), Ytrain)
    cost.backward()
    optimizer.step()
    live.log({"train/error": cost.item()}, step=step)
    if step in (100, 500, 1000, 3000):
        axes.clear()
        axes.plot(X, f(X), color="black", label="the rule")
        axes.plot(X, model(X).detach(), label=f"after {step} steps")
        axes.plot(Xtrain, Ytrain, "o", color="tab:red", label="measured")
        axes.legend()
        plt.pause(0.01)
with torch.no_grad():
    to_points, to_rule = [nn.functional.mse_loss(model(x), y).item() for x, y in ((Xtrain, Ytrain), (X, f(X)))]
print(f"parameters: {sum(parameter.numel() for parameter in model.parameters())}")
print(f"mean squared error {to_points:.4f} at the points, {to_rule:.4f} to the rule")
