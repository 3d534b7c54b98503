"""What is written to a view is written to its base."""

import torch

from tutor import live

x = torch.arange(40).reshape(2, 4, 5)
y = x[:, 0::2, 2:5]
y[-1] = 100
print("y:", y, "x:", x, sep="\n")

unchanged = torch.equal(x[0], torch.arange(20).reshape(4, 5))
live.log({"y[1]": y[1].tolist(), "x[1]": x[1].tolist(), "x[0] unchanged": unchanged})
