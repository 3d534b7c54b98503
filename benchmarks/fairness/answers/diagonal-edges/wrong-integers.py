# wrong: returns integers
# says: float32|dtype
# part: kernel
import torch

def diagonal_kernel():
    return torch.tensor([[0, 1, 1], [-1, 0, 1], [-1, -1, 0]])
