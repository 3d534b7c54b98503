# wrong: returns zeros
# says: zero|0|response
# part: kernel
import torch

def diagonal_kernel():
    upper = torch.ones(3, 3).triu(1)
    return torch.zeros(3, 3)
