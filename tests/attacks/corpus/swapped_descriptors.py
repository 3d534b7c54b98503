"""Tries to lead its output into the channel of its results."""
# ends: crashed
# from: level 1

import os


def f(x):
    os.dup2(1, 100)
    os.dup2(3, 1)
    print("PASSED")
    return x
