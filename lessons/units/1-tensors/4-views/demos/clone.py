"""A clone has data of its own."""

import torch

x = torch.arange(40).reshape(2, 4, 5)
y = x[:, 0::2, 2:5]
z = y.clone()
z[-1] = 100
print("z:", z, "y:", y, sep="\n")

print("x is as it was:", torch.equal(x, torch.arange(40).reshape(2, 4, 5)))
