"""Tries to take a message out of a neighbour's queue by its name."""
# ends: passed
# from: level 2
# with: calls

import ctypes

import torch


def f(x):
    taken = ctypes.create_string_buffer(4096)
    for flags in (2, 0, 0o4000):
        queue = call(240, 180, POSIX_QUEUE[1:].encode(), flags)
        if queue >= 0:
            call(243, 183, queue, taken, 4096, None, None)
            print("HARMED:", taken.raw[:60])
    return torch.softmax(x, -1)
