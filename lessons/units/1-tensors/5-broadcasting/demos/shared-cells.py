"""The entries of an expanded tensor share their memory."""

import torch

B = torch.arange(3)
E = B.expand(3, 3)
print("strides:", E.stride())

try:
    E += 1
except RuntimeError:
    print("E += 1 was refused")

E[0, 0] = 7
print(E, B, sep="\n")

own = E.clone()
own += 1
print("a clone has cells of its own:", own, sep="\n")
