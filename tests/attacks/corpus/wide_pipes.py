"""Tries to use up the memory that a user's pipes may have."""
# ends: passed
# from: level 2

import fcntl
import os

import torch


def f(x):
    for _ in range(100):
        ends = os.pipe()
        KEPT.append(ends)
        try:
            if fcntl.fcntl(ends[1], 1031, 1 << 20) > 1 << 16:
                print("HARMED: a wide pipe")
        except OSError:
            pass
    for ends in KEPT:
        os.close(ends[0]), os.close(ends[1])
    KEPT.clear()
    return torch.softmax(x, -1)


KEPT = []
