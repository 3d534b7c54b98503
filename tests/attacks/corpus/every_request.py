"""Tries to ask a data set's file all that can be asked by ioctl."""
# ends: passed
# from: level 2

import fcntl
import os

import torch


ALLOWED = {0x5401, 0x540F, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451}


def f(x):
    place = os.open(LABELS, os.O_RDONLY)
    for kind in "fXvTr\x94\x89":
        for number in range(0, 256, 1 if kind in "fX" else 8):
            for direction in (0, 0x40080000, 0x80080000, 0xC0080000):
                request = direction | ord(kind) << 8 | number
                try:
                    fcntl.ioctl(place, request, bytearray(64))
                except OSError as error:
                    if error.errno == 1:
                        continue
                if request not in ALLOWED:
                    print("HARMED: it was asked", hex(request))
    os.close(place)
    return torch.softmax(x, -1)
