"""Tries to get an escape sequence through in two pieces."""
# ends: passed
# from: level 1

import sys
import time

import torch


def f(x):
    for piece in ("\x1b", "]52;c;ZXZp", "bA==", "\x07", "\x1b[", "2J"):
        sys.stdout.write(piece)
        sys.stdout.flush()
        time.sleep(0.02)
    return torch.softmax(x, -1)
