"""Tries to set the machine's clock and names, and to ask how its clock is steered."""
# ends: passed
# from: level 2
# with: calls

import ctypes

import torch


def f(x):
    blank = ctypes.create_string_buffer(256)
    harmed_by("clock", call(164, 170, blank, None), call(227, 112, 0, blank), call(159, 171, blank), call(305, 266, 0, blank))
    harmed_by("names", call(170, 161, b"harmed", 6), call(171, 162, b"harmed", 6))
    harmed_by("kind", call(135, 92, 0x0040000), call(135, 92, 0xFFFFFFFF))
    harmed_by("log", call(103, 116, 3, blank, 256), call(103, 116, 10, None, 0))
    return torch.softmax(x, -1)
