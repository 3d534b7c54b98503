"""Tries to multiply."""
# ends: passed
# from: level 2

import os
import time

import torch


def f(x):
    for _ in range(200):
        try:
            if os.fork() == 0:
                time.sleep(30)
                os._exit(0)
            print("HARMED: another process")
        except PermissionError:
            break
    return torch.softmax(x, -1)
