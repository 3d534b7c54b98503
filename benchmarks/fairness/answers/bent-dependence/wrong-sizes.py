# wrong: the sizes are those of the transposed matrices
# says: sizes
# part: within-pixels
import torch


def within_pixels():
    return torch.zeros(784, 20), torch.zeros(20), torch.zeros(20, 10), torch.zeros(10)
