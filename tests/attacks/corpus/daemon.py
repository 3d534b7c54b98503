"""Tries to live on after its run, in a session of its own."""
# ends: passed failed
# from: level 1
# waits: 2

import os
import time

import torch


def f(x):
    try:
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                time.sleep(1.5)
                open(HOME + "/harmed", "w").write("still here")
            os._exit(0)
    except PermissionError:
        pass
    return torch.softmax(x, -1)
