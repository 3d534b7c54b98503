# right
# part: backward

import torch


def bn_backward(dy, xhat, gamma, sigma2, eps):
    n = xhat.size(0)
    ones = torch.ones(n, n, dtype=torch.float64) / n
    centred = dy - ones @ dy
    dx = gamma * (centred - xhat * (ones @ (dy * xhat))) * (sigma2 + eps) ** -0.5
    return (dx, torch.sum(dy * xhat, dim=0), torch.sum(dy, dim=0))
