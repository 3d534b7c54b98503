"""Tries to change when the learner's work was written, and what is noted beside it."""
# ends: passed
# from: level 2

import os

import torch


def f(x):
    for change in (
        lambda: os.utime(HOME + "/thesis.txt", (0, 0)),
        lambda: os.setxattr(HOME + "/thesis.txt", "user.harmed", b"1"),
    ):
        try:
            change()
            print("HARMED")
        except OSError:
            pass
    return torch.softmax(x, -1)
