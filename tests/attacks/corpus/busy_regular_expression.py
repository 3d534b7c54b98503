"""Tries to compute for ever in one call that cannot be interrupted."""
# ends: timeout
# from: level 1

import re


def f(x):
    re.match(r"(a+)+$", "a" * 64 + "b")
    return x
