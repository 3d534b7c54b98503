"""Three tensors that follow a pattern."""

import torch

numbers = torch.arange(9)
identity = torch.eye(3, dtype=torch.bool)
samples = torch.randn(size=[2, 3, 3])
print(numbers, identity, samples, sep="\n")
