"""Tries to lock memory, so that others have none."""
# ends: passed
# from: level 2
# with: calls

import ctypes

import torch


def f(x):
    memory = ctypes.create_string_buffer(1 << 20)
    harmed_by("locked", call(149, 228, memory, 1 << 20), call(325, 284, memory, 1 << 20, 0), call(151, 230, 3))
    return torch.softmax(x, -1)
