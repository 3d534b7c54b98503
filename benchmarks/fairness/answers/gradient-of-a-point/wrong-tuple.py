# wrong: a tuple of three instead of a tensor
# says: tuple
# part: formula
import torch


def grad_H(w0, w1, b, x0, x1, yt):
    e = torch.sigmoid(w0 * x0 + w1 * x1 + b) - yt
    return e * x0, e * x1, e
