"""Tries to take the process down by abort."""
# ends: crashed
# from: level 1

import os


def f(x):
    os.abort()
