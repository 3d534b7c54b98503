"""Tries to part its descriptors from those that are looked at."""
# ends: passed
# from: level 2
# with: calls

import threading

import torch


def f(x):
    def part():
        harmed_by("parted", call(436, 436, 200, 210, 2), call(436, 436, 200, 210, 6))

    thread = threading.Thread(target=part)
    thread.start()
    thread.join()
    return torch.softmax(x, -1)
