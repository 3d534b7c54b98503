"""Tries to take a hundred gigabytes of the disk in one call."""
# ends: passed
# from: level 2
# with: calls

import ctypes
import os

import torch


def f(x):
    place = os.open("large", os.O_RDWR | os.O_CREAT)
    for mode in (0, 1, 3, 0x10, 0x40):
        harmed_by(f"mode {mode}", call(285, 47, place, mode, ctypes.c_long(0), ctypes.c_long(100 << 30)))
    if os.fstat(place).st_blocks * 512 > 64 << 20:
        print("HARMED")
    os.unlink("large")
    return torch.softmax(x, -1)
