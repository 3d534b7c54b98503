"""A function with a trailing underscore writes over its operand."""

import torch

from tutor import live

x = torch.ones(5)
identity, address = id(x), x.data_ptr()
before = x.tolist()
print("before:", x)
torch.exp_(x)
print("after: ", x)
print("the same object: ", id(x) == identity)
print("the same address:", x.data_ptr() == address)

try:
    torch.exp_(torch.arange(5))
    raised = "nothing"
except RuntimeError as error:
    raised = type(error).__name__
    print(f"{raised}: {error}")

live.log({"before": before, "after": [round(value, 4) for value in x.tolist()], "integers": raised})
live.log({"same object": id(x) == identity, "same address": x.data_ptr() == address})
