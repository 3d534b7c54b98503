# wrong: a copy by index lists
# says: memory|cop
# part: slice
import torch


def odd_slice(X3):
    a, b, c = X3.shape
    return X3[torch.arange(1, a, 2)][:, torch.arange(1, b, 2)][:, :, torch.arange(1, c, 2)]
