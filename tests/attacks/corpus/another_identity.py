"""Tries to be somebody else, or no member of the group that is ended with it."""
# ends: passed
# from: level 2
# with: calls

import ctypes
import os

import torch


def f(x):
    for attempt in (
        lambda: os.setsid(),
        lambda: os.setpgid(0, 0),
        lambda: os.setgroups([]),
        lambda: os.setresuid(65534, 65534, 65534),
        lambda: os.setresgid(65534, 65534, 65534),
        lambda: os.setreuid(0, 0),
    ):
        try:
            attempt()
            print("HARMED: changed")
        except OSError:
            pass
    harmed_by("powers", call(126, 91, ctypes.create_string_buffer(16), ctypes.create_string_buffer(24)))
    return torch.softmax(x, -1)
