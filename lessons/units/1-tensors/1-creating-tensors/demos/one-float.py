"""One float among integers turns them all into floats."""

import torch

x = torch.tensor([1.0, 2, 3, 4])
print(x, x.shape, x.dtype, sep="\n")
