# wrong: exponents are clamped
# says: caps|cap makes
# part: stable
import torch


def stable_ce(z, t):
    z = z.clamp(-80, 80)
    return z.exp().sum().log() - z[t]
