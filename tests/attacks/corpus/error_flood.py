"""Tries to print without end where errors go."""
# ends: forbidden
# from: level 1

import sys


def f(x):
    while True:
        sys.stderr.write("A" * (1 << 16))
