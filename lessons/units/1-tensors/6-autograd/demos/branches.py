"""Five times: a derivative through a condition."""

import torch

torch.manual_seed(0)
derivatives = []
for repetition in range(5):
    x = torch.randn(1, requires_grad=True)
    if x > 0:
        z = torch.exp(x)
    else:
        z = -x
    z.backward()
    derivatives.append(round(x.grad.item(), 4))
print(derivatives)
