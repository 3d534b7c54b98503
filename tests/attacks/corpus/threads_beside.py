"""Tries to start threads while nothing is asked of it."""
# ends: error memory timeout crashed
# from: level 1

import threading
import time

import torch


def start():
    gate = threading.Event()
    while True:
        threading.Thread(target=gate.wait, daemon=True).start()


threading.stack_size(1 << 15)
threading.Thread(target=start, daemon=True).start()


def f(x):
    time.sleep(1)
    print("HARMED: nobody has looked")
    return torch.softmax(x, -1)
