"""Tries to change flags of a data set that it may only read."""
# ends: passed
# from: level 2

import fcntl
import os
import struct

import torch


def f(x):
    place = os.open(LABELS, os.O_RDONLY)
    for request in (0x40086602, 0x40046602):
        try:
            fcntl.ioctl(place, request, bytearray(struct.pack("L", 0xc0) + bytes(120)))
            print("HARMED:", hex(request))
        except OSError:
            pass
    os.close(place)
    return torch.softmax(x, -1)
