"""Tries to change what the machine's disks and accounts are used for."""
# ends: passed
# from: level 2
# with: calls

import ctypes

import torch


def f(x):
    blank = ctypes.create_string_buffer(256)
    harmed_by("swap", call(168, 225, b"/swapfile"), call(167, 224, b"/swapfile", 0))
    harmed_by("quota", call(179, 60, 0x80000700, b"/dev/root", 0, blank), call(443, 443, 0, 0x80000700, 0, blank))
    harmed_by("accounts", call(163, 89, None), call(163, 89, b"acct"))
    harmed_by("mounts", call(428, 428, -100, b"/", 1), call(430, 430, b"tmpfs", 0), call(433, 433, -100, b"/", 0))
    return torch.softmax(x, -1)
