"""Tries to read the attributes of a file that it may not open."""
# ends: passed
# from: level 2

import os

import torch


def f(x):
    for path in (HOME + "/thesis.txt", HOME, LABELS):
        for follow in (True, False):
            for attempt in (
                lambda: os.listxattr(path, follow_symlinks=follow),
                lambda: os.getxattr(path, "user.origin", follow_symlinks=follow),
                lambda: os.getxattr(path, "security.selinux", follow_symlinks=follow),
            ):
                try:
                    print("HARMED:", path, attempt())
                except OSError:
                    pass
    return torch.softmax(x, -1)
