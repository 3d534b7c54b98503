"""The weights of each layer: at the best moment, and when the points have been learned by heart."""

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

weights = {}
for step in range(3001):
    if step in (500, 788, 3000):
        weights[step] = [layer.weight.detach().flatten().clone() for layer in model if isinstance(layer, nn.Linear)]
    optimizer.zero_grad()
    nn.functional.mse_loss(model(Xtrain), Ytrain).backward()
    optimizer.step()


def outliers(w):
    low, high = torch.quantile(w.double(), 0.25), torch.quantile(w.double(), 0.75)
    return int(((w < low - 1.5 * (high - low)) | (w > high + 1.5 * (high - low))).sum()), (high - low).item()


found = {step: [outliers(w) for w in layers] for step, layers in weights.items()}
figure, panels = plt.subplots(1, 2)
for panel, step in zip(panels, (788, 3000), strict=True):
    panel.boxplot([w.tolist() for w in weights[step]])
    panel.set_title(f"after {step} steps")
plt.show()
for step in (500, 788, 3000):
    print(f"after {step:4} steps: outliers {[n for n, _ in found[step]]}, box of the last layer {found[step][3][1]:.3f}")
