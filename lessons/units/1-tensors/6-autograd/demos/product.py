"""The gradient of a product of two components."""

import torch

x = torch.tensor([2.0, 3.0], requires_grad=True)
y = x[0] * x[1]
y.backward()
print(x.grad)
