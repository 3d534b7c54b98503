# wrong: takes the largest entry for the norm
# says: norm|squares|differ
# part: clip

import torch


def clip_by_norm(g, c):
    n = g.abs().max()
    return g * (c / n) if n > c else g
