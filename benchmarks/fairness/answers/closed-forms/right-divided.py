# right
# part: squares
import torch

def decayed(w0, rate, lam, steps):
    return (1 - rate * lam) ** steps * w0


def with_squares(H, best, lam):
    return best / (1 + lam / H)


def with_absolute_values(H, best, lam):
    size = best.abs() - lam / H
    return torch.where(size > 0, size * best.sign(), 0.0)
