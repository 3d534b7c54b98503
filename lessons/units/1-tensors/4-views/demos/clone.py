"""A clone has data of its own."""

import torch

from tutor import live

x = torch.arange(40).reshape(2, 4, 5)
y = x[:, 0::2, 2:5]
z = y.clone()
z[-1] = 100
print("z:", z, "y:", y, sep="\n")

x_unchanged = torch.equal(x, torch.arange(40).reshape(2, 4, 5))
print("x is as it was:", x_unchanged)

live.log({"x unchanged": x_unchanged, "y[1]": y[1].tolist(), "z[1]": z[1].tolist()})
