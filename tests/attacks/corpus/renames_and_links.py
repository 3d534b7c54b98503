"""Tries to move the learner's work away, and to link it to where it can be read."""
# ends: passed
# from: level 2

import os

import torch


def f(x):
    for change in (
        lambda: os.rename(HOME + "/thesis.txt", HOME + "/gone"),
        lambda: os.rename(HOME + "/thesis.txt", "mine"),
        lambda: os.link(HOME + "/thesis.txt", "mine"),
        lambda: os.symlink("/etc/passwd", HOME + "/harmed"),
    ):
        try:
            change()
            print("HARMED")
        except OSError:
            pass
    return torch.softmax(x, -1)
