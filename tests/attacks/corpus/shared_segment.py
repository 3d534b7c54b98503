"""Tries to leave a shared memory segment behind."""
# ends: passed
# from: level 2

import ctypes

import torch


def f(x):
    if ctypes.CDLL(None).shmget(0x5151, 1 << 20, 0o1666) >= 0:
        print("HARMED: a segment that outlives the run")
    return torch.softmax(x, -1)
