"""Tries to take and delete a neighbour's named semaphore, and to leave one behind."""
# ends: passed
# from: level 2

import ctypes
import os

import torch


def f(x):
    libc = ctypes.CDLL(None, use_errno=True)
    libc.sem_open.restype = ctypes.c_void_p
    for name, flags in ((NAMED_SEMAPHORE, 0), ("/dl-tutor-harmed", os.O_CREAT)):
        there = libc.sem_open(name.encode(), flags, 0o666, 1)
        if there:
            print("HARMED: opened", name)
            libc.sem_trywait(ctypes.c_void_p(there))
        if libc.sem_unlink(name.encode()) == 0:
            print("HARMED: deleted", name)
    return torch.softmax(x, -1)
