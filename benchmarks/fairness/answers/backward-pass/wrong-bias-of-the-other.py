# wrong: db2 is the hidden derivative
# says: db2
# part: whole

import torch


def backward_pass(X, W1, b1, W2, b2, target):
    Z1 = W1 @ X + b1
    Y1 = torch.relu(Z1)
    dZ2 = torch.softmax(W2 @ Y1 + b2, 0)
    dZ2[target] -= 1
    dY1 = W2.T @ dZ2
    dZ1 = dY1 * (Z1 > 0)
    return dZ2, torch.outer(dZ2, Y1), b2, dY1, dZ1, torch.outer(dZ1, X), dZ1
