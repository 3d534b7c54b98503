# right
# part: clip

import torch


def clip_by_norm(g, c):
    factor = c / max(c, float(torch.sqrt((g * g).sum())))
    return g * factor
