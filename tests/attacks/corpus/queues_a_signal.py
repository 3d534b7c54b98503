"""Tries to kill a neighbour by a queued signal."""
# ends: passed
# from: level 2

import ctypes

import torch


def f(x):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.sigqueue(VICTIM, 9, ctypes.c_void_p(0)) == 0:
        print("HARMED")
    return torch.softmax(x, -1)
