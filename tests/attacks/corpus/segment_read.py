"""Tries to read what two neighbours share in memory."""
# ends: passed
# from: level 2
# with: calls

import ctypes

import torch


def f(x):
    LIBC.shmat.restype = ctypes.c_long
    for flags in (0o10000, 0):
        place = LIBC.shmat(SEGMENT, None, flags)
        if place != -1:
            print("HARMED:", ctypes.string_at(place, 60))
    return torch.softmax(x, -1)
