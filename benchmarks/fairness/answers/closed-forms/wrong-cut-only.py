# wrong: sets small ones to 0 and leaves the others
# says: shift|others|large|leaves
# part: absolute-values
import torch

def decayed(w0, rate, lam, steps):
    return (1 - rate * lam) ** steps * w0


def with_squares(H, best, lam):
    return best * H / (H + lam)


def with_absolute_values(H, best, lam):
    size = best.abs() - lam / H
    return torch.where(size > 0, best, 0.0)
