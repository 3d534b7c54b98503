"""Tries to use up the kernel's memory with locks on its own file."""
# ends: passed
# from: level 2

import fcntl

import torch


def f(x):
    with open("own", "w+b") as file:
        made = 0
        try:
            for made in range(10_000):
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 2 * made)
        except OSError:
            pass
    if made > 100:
        print("HARMED:", made)
    return torch.softmax(x, -1)
