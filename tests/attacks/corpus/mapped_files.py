"""Tries to fill the disk with deleted files of which one page is mapped."""
# ends: forbidden timeout
# from: level 1

import ctypes
import os
import time

import torch


def f(x):
    libc = ctypes.CDLL(None)
    libc.mmap.restype = ctypes.c_void_p
    content = bytes(30 << 20)
    for _ in range(10):
        place = os.open("gone", os.O_RDWR | os.O_CREAT)
        os.unlink("gone")
        os.write(place, content)
        libc.mmap(None, ctypes.c_size_t(4096), 1, 1, place, ctypes.c_long(0))
        os.close(place)
    time.sleep(1)
    print("HARMED: 300 MiB are held")
    return torch.softmax(x, -1)
