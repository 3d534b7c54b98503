"""Tries to read and change attributes by the calls that take a folder."""
# ends: passed
# from: level 2
# with: calls

import ctypes

import torch


def f(x):
    path, name, value = (HOME + "/thesis.txt").encode(), b"user.origin", ctypes.create_string_buffer(256)
    harmed_by("read", call(464, 464, -100, path, 0, name, value, 256), call(465, 465, -100, path, 0, value, 256))
    harmed_by("changed", call(463, 463, -100, path, 0, name, value, 16), call(466, 466, -100, path, 0, name))
    harmed_by("flags", call(468, 468, -100, path, value, 24, 0), call(469, 469, -100, path, value, 24, 0))
    return torch.softmax(x, -1)
