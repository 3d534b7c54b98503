"""Tries to type commands into the learner's terminal."""
# ends: passed
# from: level 1

import fcntl
import os

import torch


def f(x):
    for place in ("/dev/tty", "/dev/pts/0", 0, 1, 2):
        try:
            descriptor = os.open(place, os.O_RDWR) if isinstance(place, str) else place
            fcntl.ioctl(descriptor, 0x5412, b"x")
            print("HARMED:", place)
        except OSError:
            pass
    return torch.softmax(x, -1)
