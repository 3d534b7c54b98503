"""Tries to become root in a namespace of its own."""
# ends: passed
# from: level 2

import ctypes

import torch


def f(x):
    libc = ctypes.CDLL(None, use_errno=True)
    for flags in (0x10000000, 0x10000000 | 0x20000, 0x40000000, 0x20000):
        if libc.unshare(flags) == 0:
            print("HARMED: unshare", flags)
    return torch.softmax(x, -1)
