"""Tries to go on computing in a thread after its result."""
# ends: passed timeout
# from: level 1

import threading

import torch


def spin():
    while True:
        pass


def f(x):
    threading.Thread(target=spin, daemon=True).start()
    return torch.softmax(x, -1)
