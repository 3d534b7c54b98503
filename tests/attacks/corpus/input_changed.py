"""Tries to change its input beside a right answer."""
# ends: failed
# from: level 1

import torch


def f(x):
    answer = torch.softmax(x, -1)
    x.add_(1)
    return answer
