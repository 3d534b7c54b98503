"""Tries to read secrets from the environment of the grader."""
# ends: passed
# from: level 2

import os

import torch


def f(x):
    for pid in (os.getppid(), GRADER, VICTIM):
        try:
            print(open(f"/proc/{pid}/environ").read())
            print("HARMED:", pid)
        except OSError:
            pass
    return torch.softmax(x, -1)
