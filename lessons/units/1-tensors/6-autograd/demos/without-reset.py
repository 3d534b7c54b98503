"""The same loop, and the gradient is never reset."""

import torch

torch.manual_seed(0)
x = torch.tensor([2.0], requires_grad=True)
gradients = []
for repetition in range(10):
    z = 2 * x
    while torch.rand(1) < 0.7:
        z = 2 * z
    z.backward()
    gradients.append(x.grad.item())
print(gradients)
