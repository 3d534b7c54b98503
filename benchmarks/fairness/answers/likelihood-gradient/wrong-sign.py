# wrong: the opposite sign
# says: sign
# part: formula
import torch


def dL_dW(W, b, X, Yt):
    Y = torch.softmax(X @ W.T + b, 1)
    return (Y * Yt).sum(1).prod() * (Y - Yt).T @ X
