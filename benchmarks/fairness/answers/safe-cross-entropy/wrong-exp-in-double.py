# wrong: exponentials overflow in float64 too
# says: float64|overflow
# part: stable
import torch


def stable_ce(z, t):
    wide = z.double()
    return (wide.exp().sum().log() - wide[t]).float()
