"""Tries to hold pages of files in pipes, where nobody counts them."""
# ends: passed
# from: level 2
# with: calls

import ctypes
import os

import torch


def f(x):
    out, into = os.pipe()
    other, end = os.pipe()
    file = os.open(torch.__file__, os.O_RDONLY)
    harmed_by("spliced", call(275, 76, file, None, into, None, 4096, 0), call(276, 77, out, end, 4096, 2))
    harmed_by("sent", call(40, 71, into, file, None, 4096), call(278, 75, into, ctypes.create_string_buffer(64), 1, 0))
    harmed_by("copied", call(326, 285, file, None, file, None, 4096, 0))
    for place in (out, into, other, end, file):
        os.close(place)
    return torch.softmax(x, -1)
