"""Tries to delete a neighbour's queue by its name."""
# ends: passed
# from: level 2
# with: calls

import torch


def f(x):
    harmed_by("deleted", call(241, 181, POSIX_QUEUE[1:].encode()), call(241, 181, POSIX_QUEUE.encode()))
    return torch.softmax(x, -1)
