"""Tries to be told what others do to files."""
# ends: passed
# from: level 2
# with: calls

import ctypes

import torch


def f(x):
    harmed_by("watched", call(294, 26, 0), call(254, 27, 3, HOME.encode(), 0xFFF), call(255, 28, 3, 1))
    for flags in (0, 0x200, 0x4):
        harmed_by("told", call(300, 262, flags, 0), call(301, 263, 3, 1, ctypes.c_ulong(0x3B), -100, HOME.encode()))
    if COLUMN == 0:
        harmed_by("watched", call(253, -1))
    return torch.softmax(x, -1)
