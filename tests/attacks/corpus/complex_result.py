"""Tries to hide a wrong value in an imaginary part."""
# ends: failed
# from: level 1

import torch


def f(x):
    return torch.complex(torch.softmax(x, -1), x)
