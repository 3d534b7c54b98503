"""Tries to stand still without using any time."""
# ends: timeout
# from: level 1

import os
import signal


def f(x):
    os.kill(os.getpid(), signal.SIGSTOP)
    return x
