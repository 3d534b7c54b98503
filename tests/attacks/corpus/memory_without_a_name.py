"""Tries to make files that lie in memory alone, where no limit counts them."""
# ends: passed
# from: level 2
# with: calls

import torch


def f(x):
    for flags in (0, 1, 2, 4):
        harmed_by("file", call(319, 279, b"harmed", flags))
        harmed_by("secret", call(447, 447, flags))
    harmed_by("faults", call(323, 282, 0), call(323, 282, 1), call(216, 234, None, 4096, 0, 0, 0))
    return torch.softmax(x, -1)
