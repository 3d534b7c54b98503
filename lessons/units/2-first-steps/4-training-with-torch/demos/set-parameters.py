"""Parameters are changed by hand: refused outside torch.no_grad(), allowed inside."""

import torch

linear = torch.nn.Linear(2, 1)

try:
    linear.weight[0, 0] = 1.0
except RuntimeError as error:
    print("RuntimeError:", error)

with torch.no_grad():
    linear.weight[0, 0] = 1.0
    linear.weight[0, 1] = -1.0
    linear.bias[0] = 5.5

print(linear.weight)
print(linear.bias)
