"""Warm-up and decay: two schedules in sequence, and one function for both."""

import matplotlib.pyplot as plt
import torch
from torch.optim.lr_scheduler import LambdaLR, SequentialLR


def rates(make_scheduler, epochs=30):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    scheduler, seen = make_scheduler(optimizer), []
    for _ in range(epochs):
        seen.append(scheduler.get_last_lr()[0])
        optimizer.step()
        scheduler.step()
    return seen


def two(optimizer):
    warm, cool = LambdaLR(optimizer, lambda t: 1.1**t), LambdaLR(optimizer, lambda t: 0.9**t)
    return SequentialLR(optimizer, schedulers=[warm, cool], milestones=[10])


def one(optimizer):
    return LambdaLR(optimizer, lambda t: 1.1 ** min(t, 10) * 0.9 ** max(0, t - 10))


sequence, continuous = rates(two), rates(one)
for name, seen in (("two schedules", sequence), ("one function", continuous)):
    print(f"{name}: epochs 8 to 12", [round(rate, 4) for rate in seen[8:13]])
    plt.plot(seen, label=name)
plt.legend()
plt.show()
