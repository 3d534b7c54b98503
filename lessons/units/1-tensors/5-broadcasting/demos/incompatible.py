"""Two sizes that do not go together."""

import torch

from tutor import live

A = torch.ones(size=[3, 2])
B = torch.ones(size=[1, 5])

try:
    A + B
    raised = "nothing"
except RuntimeError as error:
    raised = type(error).__name__
    print(f"{raised}: {error}")

live.log({"raised": raised, "last sizes": [A.shape[-1], B.shape[-1]]})
