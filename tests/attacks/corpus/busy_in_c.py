"""Tries to compute for ever where no Python runs."""
# ends: timeout
# from: level 1

import torch


def f(x):
    a = torch.ones(4000, 4000)
    while True:
        a @ a
