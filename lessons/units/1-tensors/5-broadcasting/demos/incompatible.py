"""Two sizes that do not go together."""

import torch

A = torch.ones(size=[3, 2])
B = torch.ones(size=[1, 5])

try:
    A + B
except RuntimeError as error:
    print("RuntimeError:", error)
