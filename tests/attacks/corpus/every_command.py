"""Tries to ask a data set's file all that can be asked by fcntl."""
# ends: passed
# from: level 2

import ctypes
import os

import torch


ALLOWED = {0, 1, 2, 3, 4, 1030, 1032}


def f(x):
    libc = ctypes.CDLL(None, use_errno=True)
    place = os.open(LABELS, os.O_RDONLY)
    for command in {*range(50), *range(1020, 1050)} - ALLOWED - {12, 13, 14}:
        if libc.fcntl(place, command, ctypes.create_string_buffer(64)) != -1 or ctypes.get_errno() != 1:
            print("HARMED: it was asked", command, ctypes.get_errno())
    os.close(place)
    return torch.softmax(x, -1)
