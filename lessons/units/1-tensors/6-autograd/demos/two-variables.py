"""Two variables get their gradients from one call."""

import torch

x = torch.tensor([2.0, 3.0], requires_grad=True)
y = torch.tensor([4.0, 5.0], requires_grad=True)
z = (x[0] + x[1]) ** 2 + (y[0] + y[1]) ** 3 + x[0] + y[1]
z.backward()
print(z, x.grad, y.grad, sep="\n")
