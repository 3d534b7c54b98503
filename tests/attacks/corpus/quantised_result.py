"""Tries to return a quantised tensor, which is compared by its rounding."""
# ends: failed
# from: level 1

import torch


def f(x):
    return torch.quantize_per_tensor(x, 0.1, 0, torch.qint8)
