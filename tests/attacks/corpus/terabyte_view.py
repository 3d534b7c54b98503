"""Tries to return a view that claims four terabytes of one number."""
# ends: error
# from: level 1

import torch


def f(x):
    return torch.zeros(1).expand(1_000_000, 1_000_000)
