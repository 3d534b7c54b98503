"""Tries to fork by the system call itself, with new namespaces."""
# ends: passed
# from: level 2

import ctypes
import os
import platform
import struct

import torch


def f(x):
    libc = ctypes.CDLL(None, use_errno=True)
    arguments = struct.pack("11Q", 0, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0)
    clone = {"x86_64": 56, "aarch64": 220}[platform.machine()]
    for attempt in (lambda: libc.syscall(435, arguments, 88), lambda: libc.syscall(clone, 0x10000000 | 17, 0, 0, 0, 0)):
        child = attempt()
        if child == 0:
            os._exit(0)
        if child > 0:
            print("HARMED: a child")
    return torch.softmax(x, -1)
