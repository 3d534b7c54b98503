"""Tries to open a socket by the kernel's submission queue."""
# ends: passed
# from: level 2

import ctypes

import torch


def f(x):
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.syscall(425, 8, ctypes.create_string_buffer(256)) >= 0:
        print("HARMED: io_uring_setup")
    return torch.softmax(x, -1)
