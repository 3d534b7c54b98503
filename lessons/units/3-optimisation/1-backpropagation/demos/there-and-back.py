"""The network as a chain: values on their way to the cost, and derivatives on their way back."""

import torch
from torch import nn

torch.manual_seed(0)
blocks = [nn.Linear(784, 20), nn.ReLU(), nn.Linear(20, 10), nn.LogSoftmax(dim=0)]
values = [torch.rand(784)]
for block in blocks:
    values.append(block(values[-1]))
    values[-1].retain_grad()  # keep the derivative of this value too
H = -values[-1][3]  # the true class is 3
H.backward()

print("  value                derivative")
print("  X        784")
names = [("Linear", "Z1"), ("ReLU", "Y1"), ("Linear", "Z2"), ("LogSoftmax", "log Y2")]
for (block, name), value in zip(names, values[1:], strict=True):
    print(f"    | {block:<16}   ^")
    print(f"  {name:<8} {len(value):<10} dH/d{name:<7} {len(value.grad)}")
print("    | cost               ^")
print(f"  H = {H.item():.4f}         1")
