# wrong: a matrix instead of three indices
# says: gives a matrix|three indices
# part: weights
import torch


def dZ_dW(x, k):
    return torch.stack([x] * k)
