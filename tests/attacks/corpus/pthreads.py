"""Tries to use up the machine's process numbers with threads that Python does not know."""
# ends: error memory timeout crashed
# from: level 1

import ctypes
import time

import torch


def f(x):
    libc = ctypes.CDLL(None)
    shape, thread = ctypes.create_string_buffer(64), ctypes.c_ulong()
    libc.pthread_attr_init(shape)
    libc.pthread_attr_setstacksize(shape, ctypes.c_size_t(1 << 14))
    for _ in range(20_000):
        libc.pthread_create(ctypes.byref(thread), shape, libc.pause, None)
    print("HARMED: twenty thousand threads")
    time.sleep(5)
    return torch.softmax(x, -1)
