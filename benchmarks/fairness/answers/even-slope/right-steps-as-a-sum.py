# right
# part: position

import torch


def params_after(c, alpha, beta, T):
    k = torch.arange(T, 0, -1, dtype=torch.float64)
    weights = torch.cumsum(beta ** (torch.arange(T, dtype=torch.float64)), 0)
    return -alpha * weights.sum() * c
