"""Tries to make the machine write everything out, for everybody."""
# ends: passed
# from: level 2
# with: calls

import os

import torch


def f(x):
    place = os.open(LABELS, os.O_RDONLY)
    harmed_by("flushed", call(162, 81), call(306, 267, place), call(277, 84, place, 0, 0, 7))
    os.close(place)
    return torch.softmax(x, -1)
