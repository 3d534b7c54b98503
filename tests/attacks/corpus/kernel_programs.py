"""Tries to load programs into the kernel and to watch it."""
# ends: passed
# from: level 2

import ctypes
import platform

import torch


def f(x):
    libc = ctypes.CDLL(None, use_errno=True)
    bpf, perf, fault = {"x86_64": (321, 298, 323), "aarch64": (280, 241, 282)}[platform.machine()]
    blank = ctypes.create_string_buffer(128)
    for attempt in (
        lambda: libc.syscall(bpf, 0, blank, 128),
        lambda: libc.syscall(perf, blank, 0, -1, -1, 0),
        lambda: libc.syscall(fault, 1),
    ):
        if attempt() >= 0:
            print("HARMED")
    return torch.softmax(x, -1)
