"""Tries to mount something over the file system."""
# ends: passed
# from: level 2

import ctypes

import torch


def f(x):
    libc = ctypes.CDLL(None, use_errno=True)
    for attempt in (
        lambda: libc.mount(b"none", b"/tmp", b"tmpfs", 0, None),
        lambda: libc.syscall(430, b"tmpfs", 0),
        lambda: libc.umount2(b"/proc", 2),
        lambda: libc.chroot(b"."),
    ):
        if attempt() >= 0:
            print("HARMED")
    return torch.softmax(x, -1)
