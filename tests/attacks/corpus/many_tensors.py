"""Tries to return more tensors than anybody wants."""
# ends: error
# from: level 1

import torch


def f(x):
    return [torch.zeros(1)] * 100_000
