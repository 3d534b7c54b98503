# wrong: a matrix instead of three indices
# says: shape
# part: weights
import torch


def dZ_dW(x, k):
    return torch.stack([x] * k)
