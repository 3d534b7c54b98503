"""Tries to change the attributes of files outside."""
# ends: passed
# from: level 2

import os

import torch


def f(x):
    for path in (HOME + "/thesis.txt", HOME, LABELS):
        for attempt in (
            lambda: os.setxattr(path, "user.origin", b"nowhere"),
            lambda: os.setxattr(path, "user.new", b"1"),
            lambda: os.removexattr(path, "user.origin"),
        ):
            try:
                attempt()
                print("HARMED:", path)
            except OSError:
                pass
    return torch.softmax(x, -1)
