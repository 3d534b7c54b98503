"""Tries to hold the grader by waiting while it is loaded."""
# ends: timeout
# from: level 1
# slow

import time

import torch


time.sleep(600)


def f(x):
    return torch.softmax(x, -1)
