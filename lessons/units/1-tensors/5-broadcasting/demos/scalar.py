"""A scalar is compared with a tensor: once as it is, once expanded by hand."""

import torch

x = torch.tensor([1, 2, 3, 4])
y = torch.tensor([1, 1, 1, 1])

print(x == y)
print(x == 1)
