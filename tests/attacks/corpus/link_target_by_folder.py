"""Tries to read where a link leads to from a folder that it may not list."""
# ends: passed
# from: level 2
# with: calls

import ctypes
import os

import torch


def f(x):
    folder = os.open(HOME + "/.ssh", os.O_PATH)
    link = os.open(HOME + "/.ssh/link", os.O_PATH | os.O_NOFOLLOW)
    target = ctypes.create_string_buffer(512)
    for results in (call(267, 78, folder, b"link", target, 512), call(267, 78, link, b"", target, 512)):
        if results >= 0:
            print("HARMED:", target.value)
    os.close(folder), os.close(link)
    return torch.softmax(x, -1)
