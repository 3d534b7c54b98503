"""Tries to read and write the kernel's key rings."""
# ends: passed
# from: level 2

import ctypes
import platform

import torch


def f(x):
    libc = ctypes.CDLL(None, use_errno=True)
    add, control = {"x86_64": (248, 250), "aarch64": (217, 219)}[platform.machine()]
    if libc.syscall(add, b"user", b"harmed", b"v", 1, -4) >= 0 or libc.syscall(control, 0, -4, 0) >= 0:
        print("HARMED")
    return torch.softmax(x, -1)
