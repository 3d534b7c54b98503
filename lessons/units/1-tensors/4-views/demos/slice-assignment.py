"""An assignment to a slice writes into the tensor that is there."""

import torch

x = torch.ones(5)
identity, address = id(x), x.data_ptr()
x[:] = torch.exp(x)
print(x)
print("the same object: ", id(x) == identity)
print("the same address:", x.data_ptr() == address)
