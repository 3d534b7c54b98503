"""Tries to read the attributes of files that it has opened."""
# ends: passed
# from: level 2

import os

import torch


def f(x):
    place = os.open(LABELS, os.O_RDONLY)
    path = os.open(HOME + "/thesis.txt", os.O_PATH)
    for one in (place, f"/proc/self/fd/{place}", f"/proc/self/fd/{path}"):
        for attempt in (lambda: os.listxattr(one), lambda: os.getxattr(one, "user.origin")):
            try:
                print("HARMED:", one, attempt())
            except OSError:
                pass
    os.close(place), os.close(path)
    return torch.softmax(x, -1)
