"""Tries to write over the learner's work."""
# ends: passed
# from: level 2

import torch


def f(x):
    for mode in ("w", "a", "r+"):
        try:
            open(HOME + "/thesis.txt", mode).write("gone")
        except OSError:
            pass
    return torch.softmax(x, -1)
