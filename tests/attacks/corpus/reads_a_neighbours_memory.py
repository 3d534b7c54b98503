"""Tries to read the memory of other processes."""
# ends: passed
# from: level 2

import ctypes
import os

import torch


def f(x):
    libc = ctypes.CDLL(None, use_errno=True)
    piece = ctypes.create_string_buffer(8)
    vector = (ctypes.c_size_t * 2)(ctypes.addressof(piece), 8)
    for pid in (VICTIM, os.getppid(), GRADER):
        for name in ("mem", "maps", "fd"):
            try:
                os.listdir(f"/proc/{pid}/fd") if name == "fd" else open(f"/proc/{pid}/{name}").close()
                print("HARMED:", pid, name)
            except OSError:
                pass
        if libc.process_vm_readv(pid, vector, 1, vector, 1, 0) >= 0:
            print("HARMED: process_vm_readv")
    return torch.softmax(x, -1)
