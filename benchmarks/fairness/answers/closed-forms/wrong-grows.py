# wrong: adds instead of taking away
# says: sign|grow|plus|minus|add
# part: decay
import torch

def decayed(w0, rate, lam, steps):
    return (1 + rate * lam) ** steps * w0


def with_squares(H, best, lam):
    return best * H / (H + lam)


def with_absolute_values(H, best, lam):
    size = best.abs() - lam / H
    return torch.where(size > 0, size * best.sign(), 0.0)
