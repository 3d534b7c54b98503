"""Tries to take over the terminal by what it prints."""
# ends: passed
# from: level 1

import torch

print("\x1b]52;c;ZXZpbA==\x07\x1b[2J\x1b[31m\x9b31m\x1bP0;0|17/ab\x1b\\ \x1b]0;title\x07")


def f(x):
    return torch.softmax(x, -1)
