# wrong: the gradient of the logarithm of L
# says: factor L
# part: formula
import torch


def dL_dW(W, b, X, Yt):
    return (Yt - torch.softmax(X @ W.T + b, 1)).T @ X
