"""Tries to fill the disk with mapped files that were moved before they were deleted."""
# ends: forbidden timeout
# from: level 1

import ctypes
import os
import time

import torch


def f(x):
    libc = ctypes.CDLL(None)
    content = bytes(30 << 20)
    for number in range(10):
        os.mkdir(f"{number}")
        place = os.open(f"{number}/first (deleted)", os.O_RDWR | os.O_CREAT)
        os.write(place, content)
        os.rename(f"{number}/first (deleted)", f"{number}/a\nb")
        libc.mmap(None, ctypes.c_size_t(4096), 1, 1, place, ctypes.c_long(0))
        os.close(place)
        os.link(f"{number}/a\nb", f"{number}/other")
        os.unlink(f"{number}/a\nb")
        os.unlink(f"{number}/other")
        os.rmdir(f"{number}")
    time.sleep(1)
    print("HARMED: 300 MiB are held")
    return torch.softmax(x, -1)
