"""Tries to read a private key in the learner's home."""
# ends: passed
# from: level 2

import torch


def f(x):
    try:
        print(open(HOME + "/.ssh/id_rsa").read())
    except OSError:
        pass
    return torch.softmax(x, -1)
