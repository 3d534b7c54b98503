"""Tries to change what the disk is told about how long a data set lives."""
# ends: passed
# from: level 2

import fcntl
import os
import struct

import torch


def f(x):
    place = os.open(LABELS, os.O_RDONLY)
    for command in (1036, 1038):
        try:
            fcntl.fcntl(place, command, struct.pack("Q", 2))
            print("HARMED:", command)
        except OSError:
            pass
    os.close(place)
    return torch.softmax(x, -1)
