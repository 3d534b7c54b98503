# wrong: the derivative for the bias is x0, not 1
# says: bias|third|grad_H\[2\]|result\[2\]
# part: formula
import torch


def grad_H(w0, w1, b, x0, x1, yt):
    e = torch.sigmoid(w0 * x0 + w1 * x1 + b) - yt
    return torch.stack([e * x0, e * x1, e * b])
