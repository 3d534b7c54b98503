# wrong: ones everywhere
# says: identity|ones|differ
# part: bias
import torch


def dZ_db(b):
    return torch.ones(len(b), len(b), dtype=torch.float64)
