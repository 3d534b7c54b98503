"""What there is to compute with, and where a tensor lies."""

import torch

available = torch.cuda.is_available()
print("torch.cuda.is_available():", available)
print("GPUs:", torch.cuda.device_count())
default = torch.empty(1).device
print("a new tensor lies on:", default)
