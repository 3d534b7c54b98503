"""Tries to read secrets from its environment."""
# ends: passed
# from: level 1

import os

import torch


def f(x):
    print(dict(os.environ))
    print(open("/proc/self/environ").read())
    return torch.softmax(x, -1)
