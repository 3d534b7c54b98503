"""Tries to use up all descriptors."""
# ends: passed
# from: level 1

import torch

kept = []


def f(x):
    try:
        while True:
            kept.append(open("/dev/null"))
    except OSError:
        pass
    return torch.softmax(x, -1)
