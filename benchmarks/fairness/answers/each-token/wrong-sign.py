# wrong: has the opposite sign
# says: sign
# part: terms
import torch

def contributions(w, h):
    slopes = 1 - h[1:] ** 2
    back = torch.cat([(w * slopes[1:]).flip(0).cumprod(0).flip(0), torch.ones(1, dtype=h.dtype)])
    return -back * slopes * h[:-1]
