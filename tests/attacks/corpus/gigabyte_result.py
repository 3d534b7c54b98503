"""Tries to return more than a frame can hold."""
# ends: error
# from: level 1

import torch


def f(x):
    return torch.empty(250_000_000)
