# wrong: uniform numbers between -1 and 1
# says: outside|below 0
# part: cube
import torch


def make_cube(generator=None):
    return torch.rand(100, 2, 2, generator=generator) * 2 - 1
