"""A derivative at one point."""

import torch

x = torch.tensor([2.0], requires_grad=True)
y = x**2
z = y + x
z.backward()
print(x.grad)

try:
    torch.tensor([2], requires_grad=True)
except RuntimeError as error:
    print("RuntimeError:", error)
