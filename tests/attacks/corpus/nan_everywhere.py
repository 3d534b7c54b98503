"""Tries to pass with NaN, which is neither larger nor smaller than anything."""
# ends: failed
# from: level 1

import torch


def f(x):
    return torch.full_like(x, float("nan"))
