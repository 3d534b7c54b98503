"""Tensors of two devices in one operation."""

import torch

here, there = torch.ones(1), torch.zeros(1, device="meta")
print(there)
try:
    there + here
except RuntimeError as error:
    message = str(error)
    print("RuntimeError:", message)

alone = torch.tensor(2.0)
print("with a number without dimensions:", (torch.zeros(3, device="meta") * alone).device)
