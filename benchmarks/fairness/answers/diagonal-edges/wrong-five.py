# wrong: returns a kernel of 5 by 5
# says: 3|size|shape
# part: kernel
import torch

def diagonal_kernel():
    upper = torch.ones(5, 5).triu(1)
    return upper - upper.T
