"""A list of lists becomes a matrix."""

import torch

from tutor import live

x = torch.tensor([[1, 2], [3, 4]])
print(x, x.shape, x.dtype, sep="\n")

live.log({"shape": list(x.shape), "dtype": str(x.dtype)})
