"""The error at the points and the distance from the rule, step by step."""

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

train, test = [], []
for step in range(3001):
    with torch.no_grad():
        test.append(nn.functional.mse_loss(model(X), f(X)).item())
    optimizer.zero_grad()
    cost = nn.functional.mse_loss(model(Xtrain), Ytrain)
    train.append(cost.item())
    live.log({"train/error": train[-1], "test/error": test[-1]}, step=step)
    cost.backward()
    optimizer.step()

best = min(range(len(test)), key=test.__getitem__)
for step in (0, 100, best, 3000):
    print(f"after {step:4} steps: {train[step]:.3f} at the points, {test[step]:.3f} to the rule")
plt.plot(train, label="at the points")
plt.plot(test, label="to the rule")
plt.axvline(best, color="black", linestyle="--")
plt.text(best, 1.9, f"best: {best}")
plt.ylim(0, 2)
plt.legend()
plt.show()
