"""Tries to become another program by exec."""
# ends: passed
# from: level 2

import os

import torch


def f(x):
    for program in ("/bin/true", "/bin/sh"):
        try:
            os.execv(program, [program])
        except OSError:
            pass
    return torch.softmax(x, -1)
