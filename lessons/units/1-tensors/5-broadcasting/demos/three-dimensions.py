"""A vector next to a tensor with three dimensions."""

import torch

A = torch.arange(24).reshape(2, 3, 4)
B = torch.tensor([0, 1, 2, 3])
C = B.expand_as(A)
D = A + B

print(A.shape, B.shape, sep="\n")
print("C:", C, "D:", D, sep="\n")

same = all(C[i, j, k] == B[k] for i in range(2) for j in range(3) for k in range(4))
print("C[i, j, k] == B[k] for every i, j and k:", same)
