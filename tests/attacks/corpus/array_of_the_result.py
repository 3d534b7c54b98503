"""Tries to pass by the right numbers in an array where a tensor is expected."""
# ends: failed
# from: level 1

import torch


def f(x):
    return torch.softmax(x, -1).numpy()
