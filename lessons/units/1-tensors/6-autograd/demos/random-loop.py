"""Ten times: a derivative through a loop of random length."""

import torch

torch.manual_seed(0)
x = torch.tensor([2.0], requires_grad=True)
derivatives = []
for repetition in range(10):
    z = 2 * x
    while torch.rand(1) < 0.7:
        z = 2 * z
    z.backward()
    derivatives.append(x.grad.item())
    x.grad = None
print(derivatives)
