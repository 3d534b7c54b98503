"""A vector is added to a matrix."""

import torch

A = torch.arange(9).reshape(3, 3)
B = torch.arange(3)

print(A, B, sep="\n")
print("A + B:", A + B, sep="\n")
print("B.expand_as(A):", B.expand_as(A), sep="\n")
