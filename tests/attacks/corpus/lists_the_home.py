"""Tries to look round in the learner's home."""
# ends: passed
# from: level 2

import os

import torch


def f(x):
    try:
        print("HARMED", os.listdir(HOME))
    except OSError:
        pass
    return torch.softmax(x, -1)
