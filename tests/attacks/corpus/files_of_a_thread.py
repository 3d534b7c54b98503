"""Tries to hide open files in a thread that shares no descriptors."""
# ends: passed
# from: level 2
# with: calls

import ctypes

import torch


def f(x):
    run = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)(lambda _: 0)
    stack = ctypes.create_string_buffer(1 << 20)
    top = ctypes.c_void_p(ctypes.addressof(stack) + (1 << 20) - 64)
    shared = 0x100 | 0x200 | 0x400 | 0x800 | 0x10000
    for flags in (shared & ~0x400, shared & ~0x200, shared | 0x4000, 0x100 | 0x4000 | 17):
        if ctypes.CDLL(None).clone(run, top, flags, None) > 0:
            print("HARMED: a thread by itself", flags)
    harmed_by("parted", call(272, 97, 0x400), call(272, 97, 0x200))
    return torch.softmax(x, -1)
