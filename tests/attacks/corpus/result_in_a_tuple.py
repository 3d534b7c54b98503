"""Tries to pass by the right tensor in a tuple."""
# ends: failed
# from: level 1

import torch


def f(x):
    return (torch.softmax(x, -1),)
