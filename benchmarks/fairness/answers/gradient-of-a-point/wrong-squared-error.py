# wrong: the gradient of the squared error
# says: y\(1 - y\)|factor
# part: formula
import torch


def grad_H(w0, w1, b, x0, x1, yt):
    y = torch.sigmoid(w0 * x0 + w1 * x1 + b)
    e = (y - yt) * y * (1 - y)
    return torch.stack([e * x0, e * x1, e])
