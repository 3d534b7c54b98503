"""A vector that is made a column goes along the columns."""

import torch

A = torch.arange(9).reshape(3, 3)
B = torch.arange(3).reshape(3, 1)
C = B.expand_as(A)

print(B, C, sep="\n")
