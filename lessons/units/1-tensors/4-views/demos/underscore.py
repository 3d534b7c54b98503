"""A function with a trailing underscore writes over its operand."""

import torch

x = torch.ones(5)
identity, address = id(x), x.data_ptr()
before = x.clone()
print("before:", before)
torch.exp_(x)
print("after: ", x)
print("the same object: ", id(x) == identity)
print("the same address:", x.data_ptr() == address)

try:
    torch.exp_(torch.arange(5))
except RuntimeError as error:
    print("RuntimeError:", error)
