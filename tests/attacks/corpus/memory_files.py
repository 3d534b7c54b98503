"""Tries to keep gigabytes in files that only memory holds."""
# ends: passed
# from: level 2

import os

import torch


def f(x):
    try:
        os.memfd_create("room")
        print("HARMED: memfd_create")
    except OSError:
        pass
    return torch.softmax(x, -1)
