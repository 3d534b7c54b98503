"""Ten times: a derivative through a loop of random length."""

import torch

from tutor import live

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

powers = all(d >= 2 and d.is_integer() and int(d).bit_count() == 1 for d in derivatives)
live.log({"derivatives": derivatives, "powers of two": powers})
