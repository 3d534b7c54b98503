"""Tries to pass by an answer that is wrong when it is asked once more."""
# ends: failed
# from: level 1

import torch

calls = []


def f(x):
    calls.append(1)
    return torch.softmax(x, -1) if len(calls) < 3 else torch.softmax(x, 0)
