"""Tries to fill the grader's memory with events."""
# ends: passed timeout
# from: level 1

import os

import torch


def f(x):
    line = b'{"type": "log", "values": {"a": 1}}\n' * 100
    for _ in range(2000):
        os.write(4, line)
    return torch.softmax(x, -1)
