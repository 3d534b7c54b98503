"""Tries to allocate a hundred gigabytes."""
# ends: memory
# from: level 1

import torch


def f(x):
    return torch.empty(25_000_000_000).fill_(1)
