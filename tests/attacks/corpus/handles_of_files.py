"""Tries to open a file by a handle in place of its name."""
# ends: passed
# from: level 2
# with: calls

import ctypes
import struct

import torch


def f(x):
    handle, mount = ctypes.create_string_buffer(struct.pack("Ii", 128, 0) + bytes(128)), ctypes.c_int()
    path = (HOME + "/thesis.txt").encode()
    harmed_by("made", call(303, 264, -100, path, handle, ctypes.byref(mount), 0))
    harmed_by("opened", call(304, 265, -100, handle, 0), call(437, 437, -100, path, handle, 24))
    return torch.softmax(x, -1)
