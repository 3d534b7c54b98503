"""Tries to change flags of folders that lie above its own."""
# ends: passed
# from: level 2

import fcntl
import os
import struct

import torch


def f(x):
    for path in (os.path.dirname(LABELS), os.path.dirname(torch.__file__), "/usr/lib", "."):
        place = os.open(path, os.O_RDONLY)
        for request in (0x40086602, 0x40087602, 0x401C5820):
            try:
                fcntl.ioctl(place, request, bytearray(struct.pack("L", 0x40) + bytes(24)))
                print("HARMED:", path, hex(request))
            except OSError:
                pass
        os.close(place)
    return torch.softmax(x, -1)
