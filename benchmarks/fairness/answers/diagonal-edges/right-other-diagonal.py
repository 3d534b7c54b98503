# right
# part: kernel
import torch

def diagonal_kernel():
    return torch.tensor([[2.0, 1, 0], [1, 0, -1], [0, -1, -2]])
