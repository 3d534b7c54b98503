"""A list of lists becomes a matrix."""

import torch

x = torch.tensor([[1, 2], [3, 4]])
print(x, x.shape, x.dtype, sep="\n")
