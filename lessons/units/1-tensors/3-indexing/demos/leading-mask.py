"""A mask for the first dimension only."""

import torch

y = torch.zeros(2, 3, 4)
y[1, 0, 0] = -2
y[-1, -1, -1] = 1
y[1, 1:2, 0:4:2] = 100

second = y[[False, True]]
print(second, second.shape, sep="\n")
print("the same as y[1:2]:", torch.equal(second, y[1:2]))

try:
    y[:, [True, False]]
except IndexError as error:
    print("IndexError:", error)
