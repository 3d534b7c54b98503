# wrong: ones everywhere
# says: ones
# part: bias
import torch


def dZ_db(b):
    return torch.ones(len(b), len(b), dtype=torch.float64)
