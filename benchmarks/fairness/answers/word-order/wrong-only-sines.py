# wrong: has sines only
# says: cos|sine|odd
# part: positions
import torch

def positions(T, E):
    angle = torch.arange(T)[:, None] / 10000 ** (torch.arange(0, E, 2) / E)
    return torch.stack([angle.sin(), angle.sin()], dim=2).flatten(1)
