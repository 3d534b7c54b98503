"""One float among integers turns them all into floats."""

import torch

from tutor import live

x = torch.tensor([1.0, 2, 3, 4])
print(x, x.shape, x.dtype, sep="\n")

live.log({"values": x.tolist(), "shape": list(x.shape), "dtype": str(x.dtype)})
