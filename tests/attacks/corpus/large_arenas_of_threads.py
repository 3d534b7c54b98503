"""Tries to start threads in threads, each of which starts more."""
# ends: error memory timeout crashed
# from: level 1

import threading
import time

import torch


def start(depth):
    for _ in range(30):
        threading.Thread(target=start, args=(depth + 1,), daemon=True).start()
    time.sleep(600)


def f(x):
    threading.stack_size(1 << 15)
    start(0)
