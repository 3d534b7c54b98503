# right
# part: positions
import math

import torch


def positions(T, E):
    table = torch.zeros(T, E)
    for t in range(T):
        for i in range(E // 2):
            table[t, 2 * i] = math.sin(t / 10000 ** (2 * i / E))
            table[t, 2 * i + 1] = math.cos(t / 10000 ** (2 * i / E))
    return table
