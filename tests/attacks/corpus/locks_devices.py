"""Tries to lock devices that it may write to."""
# ends: passed
# from: level 2

import fcntl

import torch


def f(x):
    for path in ("/dev/null", "/dev/zero", "/dev/full", "/dev/random"):
        with open(path, "r+b", buffering=0) as device:
            for lock in (fcntl.flock, fcntl.lockf):
                try:
                    lock(device, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    print("HARMED:", path)
                except OSError:
                    pass
    return torch.softmax(x, -1)
