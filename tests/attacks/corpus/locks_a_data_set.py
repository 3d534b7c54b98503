"""Tries to keep others from a data set by a lock."""
# ends: passed
# from: level 2

import fcntl
import os
import time

import torch


def f(x):
    place = os.open(LABELS, os.O_RDONLY)
    for kind in (fcntl.LOCK_EX, fcntl.LOCK_SH):
        try:
            fcntl.flock(place, kind | fcntl.LOCK_NB)
            print("HARMED: locked")
            time.sleep(0.2)
        except OSError:
            pass
    os.close(place)
    return torch.softmax(x, -1)
