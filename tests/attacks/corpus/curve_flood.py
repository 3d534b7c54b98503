"""Tries to fill the grader's memory with curves of many names and points, sent past the library."""
# ends: passed timeout
# from: level 1

import json
import os

import torch


def f(x):
    for i in range(3000):
        event = {"type": "curve", "name": f"n{i}", "steps": list(range(100)), "values": [1e300] * 100, "count": 1 << 50}
        os.write(4, json.dumps(event).encode() + b"\n")
    return torch.softmax(x, -1)
