"""Tries to fill the grader's memory through the channel of its results."""
# ends: crashed
# from: level 1

import os


def f(x):
    while True:
        os.write(3, b"A" * (1 << 20))
