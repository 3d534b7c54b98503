"""The larger network with a penalty of half the squares, and a small number in front of it."""

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

lam = 0.03
for step in range(3000):
    optimizer.zero_grad()
    error, size = nn.functional.mse_loss(model(Xtrain), Ytrain), 0
    for name, parameter in model.named_parameters():
        if "weight" in name:
            size += parameter.square().sum()
    (error + lam / 2 * size).backward()
    optimizer.step()
    if step % 10 == 0:
        with torch.no_grad():
            test = nn.functional.mse_loss(model(X), f(X)).item()
        live.log({"train/error": error.item(), "test/error": test}, step=step)

with torch.no_grad():
    to_points, to_rule = [nn.functional.mse_loss(model(x), y).item() for x, y in ((Xtrain, Ytrain), (X, f(X)))]
weights = [layer.weight.detach().flatten() for layer in model if isinstance(layer, nn.Linear)]
tiny = [(w.abs() < 0.001).float().mean().item() for w in weights]
print(f"mean squared error {to_points:.3f} at the points, {to_rule:.3f} to the rule")
print("share of weights below 0.001 in each layer:", [round(share, 2) for share in tiny])
plt.plot(X, f(X), color="black", label="the rule")
plt.plot(X, model(X).detach(), label="network")
plt.plot(Xtrain, Ytrain, "o", color="tab:red", label="measured")
plt.legend()
plt.show()
