"""Tries to take the large pages that the machine keeps for others."""
# ends: passed
# from: level 2

import ctypes

import torch


def f(x):
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype = ctypes.c_long
    for flags in (0x40022, 0x40021, 0x40022 | 21 << 26, 0x40022 | 30 << 26):
        if libc.mmap(None, ctypes.c_size_t(1 << 21), 3, flags, -1, ctypes.c_long(0)) != -1:
            print("HARMED: a large page")
        elif ctypes.get_errno() != 1:
            print("HARMED: it was asked for", ctypes.get_errno())
    return torch.softmax(x, -1)
