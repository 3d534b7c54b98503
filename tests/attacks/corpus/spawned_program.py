"""Tries to start a program without fork."""
# ends: passed
# from: level 2

import os

import torch


def f(x):
    try:
        os.posix_spawn("/bin/sh", ["sh", "-c", "touch '" + HOME + "/harmed'"], {})
        print("HARMED: posix_spawn")
    except OSError:
        pass
    return torch.softmax(x, -1)
