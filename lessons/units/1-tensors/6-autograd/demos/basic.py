"""A derivative at one point."""

import torch

from tutor import live

x = torch.tensor([2.0], requires_grad=True)
y = x**2
z = y + x
z.backward()
print(x.grad)

try:
    torch.tensor([2], requires_grad=True)
    raised = "nothing"
except RuntimeError as error:
    raised = type(error).__name__
    print(f"{raised}: {error}")

live.log({"derivative": x.grad.tolist(), "integers": raised})
