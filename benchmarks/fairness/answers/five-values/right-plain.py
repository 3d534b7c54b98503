# right
# part: gradient

import torch


def by_hand(W1, b1, W2, b2, W3, b3, x):
    z1 = W1 @ x + b1
    h1 = z1.clamp(min=0)
    z2 = W2 @ h1 + b2
    h2 = z2.clamp(min=0)
    y = torch.sigmoid(W3 @ h2 + b3)
    e3 = -(1 - y)
    e2 = torch.where(z2 > 0, W3[0] * e3, torch.zeros(2, dtype=x.dtype))
    e1 = torch.where(z1 > 0, (W2[:, 0] * e2).sum(), torch.zeros(1, dtype=x.dtype))
    return e1[:, None] * x[None], e1, e2[:, None] * h1[None], e2, e3[:, None] * h2[None], e3
