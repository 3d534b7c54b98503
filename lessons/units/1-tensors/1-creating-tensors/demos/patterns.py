"""Three tensors that follow a pattern."""

import torch

from tutor import live

numbers = torch.arange(9)
identity = torch.eye(3, dtype=torch.bool)
samples = torch.randn(size=[2, 3, 3])
print(numbers, identity, samples, sep="\n")

live.log({"numbers": numbers.tolist(), "identity": identity.tolist(), "samples": list(samples.shape)})
