# right
# part: whole

import torch


def backward_pass(X, W1, b1, W2, b2, target):
    hidden = W1 @ X + b1
    active = torch.maximum(hidden, torch.zeros_like(hidden))
    scores = W2 @ active + b2
    scores = scores - scores.max()
    p = scores.exp() / scores.exp().sum()
    wanted = torch.zeros(len(b2), dtype=torch.float64)
    wanted[target] = 1.0
    e = p - wanted
    back = e @ W2
    gate = (hidden > 0).double()
    back1 = back * gate
    return e, e.view(-1, 1) * active.view(1, -1), e, back, back1, back1.view(-1, 1) * X.view(1, -1), back1
