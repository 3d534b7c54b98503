"""A flat network with three classes: a positive weight, and a probability that rises and falls."""

import torch

from tutor import live

W = torch.tensor([1.0, 2.0, 0.0])  # one pixel, three classes
b = torch.tensor([0.0, -1.0, 0.0])


def probabilities(x):
    return torch.softmax(W * x + b, dim=0)


for number, x in enumerate(torch.linspace(-2, 3, 51)):
    y = probabilities(x)
    live.log({f"class {k}": y[k].item() for k in range(3)}, step=number)

for x in (0.0, 0.5, 1.0):
    y = probabilities(x)
    mean = (y * W).sum()
    slope = y * (W - mean)
    print(f"x = {x}: y_0 = {y[0].item():.4f}, mean weight {mean.item():.3f}, slope of y_0 {slope[0].item():+.3f}")
