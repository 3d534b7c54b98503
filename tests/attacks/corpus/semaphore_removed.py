"""Tries to remove a neighbour's semaphores."""
# ends: passed
# from: level 2
# with: calls

import torch


def f(x):
    harmed_by("removed", call(66, 191, SEMAPHORE, 0, 0, 0), call(66, 191, SEMAPHORE, 0, 0x100, 0))
    return torch.softmax(x, -1)
