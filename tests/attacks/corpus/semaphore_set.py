"""Tries to set a neighbour's semaphore, and to read who used it last."""
# ends: passed
# from: level 2
# with: calls

import torch


def f(x):
    for command, value in ((16, 9), (17, 0), (12, 0), (11, 0), (14, 0)):
        harmed_by(f"command {command}", call(66, 191, SEMAPHORE, 0, command, value))
    return torch.softmax(x, -1)
