"""Tries to remove a neighbour's shared memory, and to lock it into memory."""
# ends: passed
# from: level 2
# with: calls

import ctypes

import torch


def f(x):
    shape = ctypes.create_string_buffer(256)
    for command in (2, 11, 12, 0):
        harmed_by(f"command {command}", call(31, 195, SEGMENT, command, shape))
    return torch.softmax(x, -1)
