"""Tries to leave folders deeper than a path can be long."""
# ends: passed forbidden
# from: level 1

import os

import torch


def f(x):
    for _ in range(60):
        os.mkdir("d" * 200)
        os.chdir("d" * 200)
    return torch.softmax(x, -1)
