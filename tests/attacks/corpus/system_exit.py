"""Tries to end by an exception that means success."""
# ends: error
# from: level 1

import sys


def f(x):
    sys.exit(0)
