"""Tries to take the process down by reading address 0."""
# ends: crashed
# from: level 1

import ctypes


def f(x):
    return ctypes.string_at(0)
