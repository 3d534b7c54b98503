"""Tries to print without end."""
# ends: forbidden
# from: level 1

import os


def f(x):
    while True:
        os.write(1, b"A" * (1 << 20))
