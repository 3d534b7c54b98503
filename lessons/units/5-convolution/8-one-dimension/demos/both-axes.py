"""A window of 3 by 3 on a grid of 5 by 6: twelve places."""

import torch
from torch.nn import functional as F

grid = torch.zeros(5, 6)
grid[:, 3:] = 1
kernel = torch.tensor([[1.0, 0, -1]] * 3)
y = F.conv2d(grid[None, None], kernel[None, None])[0, 0]
for row in range(3):
    for column in (0, 2):
        print(f"rows {row} to {row + 2}, columns {column} to {column + 2}: {y[row, column]:.0f}")
print(y)
