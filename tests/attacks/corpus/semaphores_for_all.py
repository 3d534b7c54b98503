"""Tries to use up the machine's semaphores."""
# ends: passed
# from: level 2
# with: calls

import torch


def f(x):
    made = 0
    while made < 100 and call(64, 190, 0, 100, 0o1600) >= 0:
        made += 1
    harmed_by("left", call(64, 190, 0x5151, 1, 0o1666))
    if made:
        print("HARMED:", made)
    return torch.softmax(x, -1)
