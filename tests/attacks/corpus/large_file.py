"""Tries to write one file of a terabyte."""
# ends: error forbidden
# from: level 1

import os


def f(x):
    descriptor = os.open("large", os.O_CREAT | os.O_WRONLY)
    os.ftruncate(descriptor, 1 << 40)
    return x
