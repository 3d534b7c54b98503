"""What PyTorch says of a ReLU at 0, where it has no derivative."""

import torch

x = torch.zeros(1, requires_grad=True)
torch.relu(x).backward()
print("relu(x) at 0:      ", x.grad.item())

at_zero = x.grad.item()
x.grad = None
(x * (x >= 0)).backward()
print("x * (x >= 0) at 0: ", x.grad.item())
