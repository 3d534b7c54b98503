"""Tries to leave a queue of messages behind."""
# ends: passed
# from: level 2
# with: calls

import torch


def f(x):
    harmed_by("made", call(68, 186, 0x5151, 0o1666))
    harmed_by("found", call(68, 186, 0x5151, 0))
    return torch.softmax(x, -1)
