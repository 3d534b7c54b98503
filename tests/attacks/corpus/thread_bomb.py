"""Tries to start ten thousand threads."""
# ends: error memory crashed timeout
# from: level 1

import threading
import time

import torch


def f(x):
    try:
        for _ in range(10_000):
            threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
    except RuntimeError:
        pass
    return torch.softmax(x, -1)
