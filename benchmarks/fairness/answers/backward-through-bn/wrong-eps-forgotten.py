# wrong: leaves out epsilon
# says: epsilon|constant|precision|differ|factor
# part: backward

import torch


def bn_backward(dy, xhat, gamma, sigma2, eps):
    n = len(dy)
    dx = gamma / sigma2.sqrt() * (dy - dy.mean(0) - xhat * (dy * xhat).mean(0))
    return dx, (dy * xhat).sum(0), dy.sum(0)
