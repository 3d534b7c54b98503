# wrong: the derivative of the output instead of the cost
# says: sign|error|differ|slope|output
# part: gradient

import torch


def by_hand(W1, b1, W2, b2, W3, b3, x):
    z1 = W1 @ x + b1
    a1 = torch.relu(z1)
    z2 = W2 @ a1 + b2
    a2 = torch.relu(z2)
    y = torch.sigmoid(W3 @ a2 + b3)
    d3 = y * (1 - y)
    d2 = (W3.T @ d3) * (z2 > 0)
    d1 = (W2.T @ d2) * (z1 > 0)
    return torch.outer(d1, x), d1, torch.outer(d2, a1), d2, torch.outer(d3, a2), d3
