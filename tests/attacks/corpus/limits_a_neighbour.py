"""Tries to starve a neighbour by limits."""
# ends: passed
# from: level 2

import resource

import torch


def f(x):
    try:
        resource.prlimit(VICTIM, resource.RLIMIT_NOFILE, (3, 3))
        print("HARMED")
    except OSError:
        pass
    return torch.softmax(x, -1)
