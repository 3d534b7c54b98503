# wrong: adds up the contributions
# says: cumul|sum|adds up|running
# part: terms
import torch

def contributions(w, h):
    slopes = 1 - h[1:] ** 2
    back = torch.cat([(w * slopes[1:]).flip(0).cumprod(0).flip(0), torch.ones(1, dtype=h.dtype)])
    return (back * slopes * h[:-1]).cumsum(0)
