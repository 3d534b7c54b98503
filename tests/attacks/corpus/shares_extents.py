"""Tries to take over the blocks of a data set without copying them."""
# ends: passed
# from: level 2

import fcntl
import os
import struct

import torch


def f(x):
    source, own = os.open(LABELS, os.O_RDONLY), os.open("own", os.O_RDWR | os.O_CREAT)
    for request, argument in (
        (0x40049409, source),
        (0x4020940D, bytearray(struct.pack("qQQQ", source, 0, 0, 0))),
        (0xC0189436, bytearray(struct.pack("QQHHIqQQiI", 0, 4096, 1, 0, 0, own, 0, 0, 0, 0))),
    ):
        try:
            fcntl.ioctl(own, request, argument)
            print("HARMED:", hex(request))
        except OSError as error:
            if error.errno != 1:
                print("HARMED: the file system was asked", error)
    os.close(source), os.close(own)
    return torch.softmax(x, -1)
