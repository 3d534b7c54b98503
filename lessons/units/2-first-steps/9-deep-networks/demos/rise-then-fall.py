"""A flat network with three classes: a positive weight, and a probability that rises and falls."""

import torch

from tutor import live

W = torch.tensor([1.0, 2.0, 0.0])  # one pixel, three classes
b = torch.tensor([0.0, -1.0, 0.0])

for number, x in enumerate(torch.linspace(-2, 3, 51)):
    y = torch.softmax(W * x + b, dim=0)
    live.log({f"class {k}": y[k].item() for k in range(3)}, step=number)

table = []
for x in (0.0, 0.5, 1.0):
    y = torch.softmax(W * x + b, dim=0)
    mean = (y * W).sum()
    slope = y * (W - mean)
    table.append(y[0].item())
    print(f"x = {x}: y_0 = {y[0].item():.4f}, mean weight {mean.item():.3f}, slope of y_0 {slope[0].item():+.3f}")

live.log({"y_0": table})
