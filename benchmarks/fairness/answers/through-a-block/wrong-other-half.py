# wrong: lets the negative ones through
# says: negative|ReLU|other|mask|sign|comparison
# part: gradient
import torch

def input_gradient(dY, Y2, J):
    through = torch.where(Y2 < 0, dY, torch.zeros_like(dY))
    return through @ J + through
