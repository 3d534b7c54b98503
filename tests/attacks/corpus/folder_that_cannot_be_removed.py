"""Tries to leave a folder that nobody can tidy up."""
# ends: passed error forbidden
# from: level 1

import os

import torch


def f(x):
    if not os.path.exists("a"):
        os.makedirs("a/b/c")
        open("a/b/c/file", "w").close()
    for place in ("a/b/c", "a/b", "a", "."):
        try:
            os.chmod(place, 0)
        except OSError:
            pass
    return torch.softmax(x, -1)
