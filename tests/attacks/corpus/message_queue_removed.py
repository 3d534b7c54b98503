"""Tries to remove a neighbour's queue, or to shut others out of it."""
# ends: passed
# from: level 2
# with: calls

import ctypes

import torch


def f(x):
    shape = ctypes.create_string_buffer(256)
    harmed_by("looked at", call(71, 187, QUEUE, 2, shape))
    harmed_by("changed", call(71, 187, QUEUE, 1, shape))
    harmed_by("removed", call(71, 187, QUEUE, 0, None))
    return torch.softmax(x, -1)
