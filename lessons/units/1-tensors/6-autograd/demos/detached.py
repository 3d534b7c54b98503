"""The first term is made a constant."""

import torch

x = torch.tensor([2.0, 3.0], requires_grad=True)
y = torch.tensor([4.0, 5.0], requires_grad=True)
first = ((x[0] + x[1]) ** 2).detach()
z = first + (y[0] + y[1]) ** 3 + x[0] + y[1]
z.backward()
print(z, x.grad, y.grad, sep="\n")

print("detach copies:", x.detach().data_ptr() != x.data_ptr())
