"""Tries to sleep past its time."""
# ends: timeout
# from: level 1

import time


def f(x):
    time.sleep(3600)
