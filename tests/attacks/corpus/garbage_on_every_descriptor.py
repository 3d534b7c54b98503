"""Tries to write over every connection that it has."""
# ends: crashed
# from: level 1

import os


def f(x):
    for descriptor in range(64):
        try:
            os.write(descriptor, b"\x00PASSED" * 1000)
        except OSError:
            pass
    return x
