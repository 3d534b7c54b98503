"""What is written to a view is written to its base."""

import torch

x = torch.arange(40).reshape(2, 4, 5)
y = x[:, 0::2, 2:5]
y[-1] = 100
print("y:", y, "x:", x, sep="\n")
