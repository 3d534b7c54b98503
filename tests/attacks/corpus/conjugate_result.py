"""Tries to make the judge fail itself with a lazy conjugate."""
# ends: failed
# from: level 1

import torch


def f(x):
    return torch.complex(x, x).conj()
