"""Tries to be told by the kernel what happens to keys and mounts."""
# ends: passed
# from: level 2
# with: calls

import ctypes

import torch


def f(x):
    ends = (ctypes.c_int * 2)()
    harmed_by("made", call(293, 59, ends, 0x80), call(293, 59, ends, 0x80 | 0o2000000))
    return torch.softmax(x, -1)
