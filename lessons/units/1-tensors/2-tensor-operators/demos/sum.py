"""Two tensors are added, entry by entry."""

import torch

x = torch.tensor([1, 2, 3, 4])
y = torch.tensor([5, 6, 7, 8])
print(x + y)
