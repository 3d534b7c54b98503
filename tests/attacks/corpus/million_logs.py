"""Tries to make the grader slow by logging a million points, and as many facts as there is time for."""
# ends: passed timeout
# from: level 1

import torch
from tutor import live


def f(x):
    for i in range(200_000):
        live.log({"loss": float(i)}, step=i)
        if i % 10 == 0:
            live.log({f"fact {i}": "a" * 500})
    return torch.softmax(x, -1)
