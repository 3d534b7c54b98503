"""Tries to draw the inputs itself, from the seed that it can see."""
# ends: passed
# from: level 1

import random

import torch


def f(x):
    for seed in (0, 1, 3, torch.initial_seed(), random.getstate()[1][0]):
        for made in (lambda g: torch.randn(x.shape, generator=g), lambda g: torch.rand(x.shape, generator=g)):
            if torch.equal(made(torch.Generator().manual_seed(seed % (1 << 63))), x):
                print("HARMED: the input was predicted")
    return torch.softmax(x, -1)
