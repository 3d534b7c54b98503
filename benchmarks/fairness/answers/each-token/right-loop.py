# right
# part: terms
import torch


def contributions(w, h):
    T = len(h) - 1
    out = torch.zeros(T, dtype=torch.float64)
    back = 1.0
    for t in reversed(range(T)):
        slope = 1 - float(h[t + 1]) ** 2
        out[t] = back * slope * h[t]
        back = back * slope * w
    return out
