"""Tries to fill the disk with files that never had a name."""
# ends: forbidden timeout error
# from: level 1

import os
import time

import torch


def f(x):
    content, kept = bytes(30 << 20), []
    for _ in range(10):
        kept.append(os.open(".", os.O_TMPFILE | os.O_RDWR))
        os.write(kept[-1], content)
    time.sleep(1)
    print("HARMED: 300 MiB are held")
    return torch.softmax(x, -1)
