"""Tries to use up the machine's process numbers with threads of small stacks."""
# ends: error memory timeout
# from: level 1

import threading

import torch


def f(x):
    threading.stack_size(1 << 15)
    gate = threading.Event()
    for _ in range(20_000):
        threading.Thread(target=gate.wait, daemon=True).start()
    print("HARMED: twenty thousand threads")
    return torch.softmax(x, -1)
