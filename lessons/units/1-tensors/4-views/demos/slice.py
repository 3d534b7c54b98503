"""A slice looks at the data of the tensor that it was taken from."""

import torch

x = torch.arange(40).reshape(2, 4, 5)
y = x[:, 0::2, 2:5]
print(x)
print("y:", y, y.shape, sep="\n")

shared = x.untyped_storage().data_ptr() == y.untyped_storage().data_ptr()
print("the same block of memory:", shared)
