"""A column plus a row: both are expanded."""

import torch

column = torch.arange(3).reshape(3, 1)
row = torch.arange(4).reshape(1, 4)
total = column + row

print(column, row, sep="\n")
print(total, total.shape, sep="\n")
