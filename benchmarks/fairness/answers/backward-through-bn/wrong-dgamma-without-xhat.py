# wrong: dgamma is the sum of the derivatives
# says: dgamma|gamma
# part: backward

import torch


def bn_backward(dy, xhat, gamma, sigma2, eps):
    dx = gamma / (sigma2 + eps).sqrt() * (dy - dy.mean(0) - xhat * (dy * xhat).mean(0))
    return dx, dy.sum(0), dy.sum(0)
