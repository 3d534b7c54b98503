"""Tries to blame the sandbox, by the exit status of a set-up that failed."""
# ends: crashed
# from: level 1

import os


def f(x):
    os._exit(96)
