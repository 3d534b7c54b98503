"""Tries to ask for events of requests that others have made."""
# ends: passed
# from: level 2
# with: calls

import ctypes

import torch


def f(x):
    blank = ctypes.create_string_buffer(256)
    for context in (0, 1, ctypes.addressof(blank)):
        there = ctypes.c_ulong(context)
        results = [
            call(207, 1, there),
            call(208, 4, there, 0, 1, blank, None),
            call(209, 2, there, 0, blank),
            call(210, 3, there, blank, blank),
            call(333, 292, there, 0, 1, blank, None, None),
        ]
        harmed_by("asked", *results)
        if set(results) != {-1}:
            print("HARMED: the kernel was asked", results)
    return torch.softmax(x, -1)
