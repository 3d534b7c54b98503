"""A new tensor is bound to an old name."""

import torch

x = torch.ones(5)
identity, address = id(x), x.data_ptr()
first = x  # keeps the old tensor alive, so that its place cannot be used again
x = torch.exp(x)
print("the same object: ", id(x) == identity)
print("the same address:", x.data_ptr() == address)

whole = first[:]
print("x[:] is the same object:", id(whole) == identity, "- at the same address:", whole.data_ptr() == address)
