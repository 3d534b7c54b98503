"""A mask for the first dimension only."""

import torch

from tutor import live

y = torch.zeros(2, 3, 4)
y[1, 0, 0] = -2
y[-1, -1, -1] = 1
y[1, 1:2, 0:4:2] = 100

second = y[[False, True]]
print(second, second.shape, sep="\n")
print("the same as y[1:2]:", torch.equal(second, y[1:2]))

try:
    y[:, [True, False]]
    raised = "nothing"
except IndexError as error:
    raised = type(error).__name__
    print(f"{raised}: {error}")

live.log({"size": list(second.shape), "matrix": second[0].tolist(), "raised": raised})
