# wrong: forgets to square the state
# says: square|slope|power
# part: terms
import torch

def contributions(w, h):
    slopes = 1 - h[1:]
    back = torch.cat([(w * slopes[1:]).flip(0).cumprod(0).flip(0), torch.ones(1, dtype=h.dtype)])
    return back * slopes * h[:-1]
