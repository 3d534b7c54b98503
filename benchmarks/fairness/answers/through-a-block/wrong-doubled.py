# wrong: adds the skip connection twice
# says: skip|twice
# part: gradient
import torch

def input_gradient(dY, Y2, J):
    through = torch.where(Y2 > 0, dY, torch.zeros_like(dY))
    return through @ J + 2 * through
