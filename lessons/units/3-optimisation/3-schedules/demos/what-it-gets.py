"""What a scheduler calls its function with, and what it makes of the result."""

import torch
from torch.optim.lr_scheduler import LambdaLR

w = torch.zeros(1, requires_grad=True)


def rates(factor):
    """The rates of six epochs in which nothing is trained, from an initial rate of 1."""
    optimizer = torch.optim.SGD([w], lr=1.0)
    scheduler = LambdaLR(optimizer, lr_lambda=factor)
    seen = []
    for _ in range(6):
        seen.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return seen


decay = rates(lambda epoch: 0.9**epoch)
slip = rates(lambda lr: 0.9 * lr)
print("0.9**epoch:", [round(rate, 4) for rate in decay])
print("0.9 * lr:  ", [round(rate, 4) for rate in slip])
