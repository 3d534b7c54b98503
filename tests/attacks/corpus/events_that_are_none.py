"""Tries to break the reader of events."""
# ends: passed
# from: level 1

import os

import torch


def f(x):
    for line in (b"[" * 50_000, b'{"type": []}', b'{"type": "log", "values": 3}', b"\xff\xfe\n", b"A" * 300_000):
        os.write(4, line + b"\n")
    return torch.softmax(x, -1)
