"""Tries to take what a neighbour's semaphore counts, and to wait for it."""
# ends: passed
# from: level 2
# with: calls

import ctypes
import struct

import torch


def f(x):
    down = ctypes.create_string_buffer(struct.pack("Hhh", 0, -1, 0o4000))
    moment = ctypes.create_string_buffer(struct.pack("qq", 0, 1000))
    harmed_by("lowered", call(65, 193, SEMAPHORE, down, 1), call(220, 192, SEMAPHORE, down, 1, moment))
    return torch.softmax(x, -1)
