# right
# part: absolute-values
import torch

def decayed(w0, rate, lam, steps):
    return (1 - rate * lam) ** steps * w0


def with_squares(H, best, lam):
    return best * H / (H + lam)


def with_absolute_values(H, best, lam):
    return best.sign() * torch.clamp(best.abs() - lam / H, min=0)
