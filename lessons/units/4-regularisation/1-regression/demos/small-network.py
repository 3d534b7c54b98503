"""A small network for the ten points, trained with the mean squared error."""

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

model = nn.Sequential(nn.Linear(1, 2), nn.ReLU(), nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1))
loss_function = nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for step in range(2000):
    optimizer.zero_grad()
    cost = loss_function(model(Xtrain), Ytrain)
    cost.backward()
    optimizer.step()
    live.log({"mean squared error": cost.item()}, step=step)

with torch.no_grad():
    curve = model(X)
    to_points, to_rule = loss_function(model(Xtrain), Ytrain).item(), loss_function(curve, f(X)).item()
print(f"mean squared error {to_points:.4f} at the points, {to_rule:.4f} to the rule")
plt.plot(X, f(X), color="black", label="the rule")
plt.plot(X, curve, label="network")
plt.plot(Xtrain, Ytrain, "o", color="tab:red", label="measured")
plt.legend()
plt.show()
