# wrong: does not add up to 0
# says: add up|sum
# part: kernel
import torch

def diagonal_kernel():
    upper = torch.ones(3, 3).triu(1)
    return upper - upper.T + torch.eye(3)
