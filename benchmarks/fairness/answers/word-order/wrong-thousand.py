# wrong: takes 1000
# says: 10000|1000|base|constant|tenth of
# part: positions
import torch

def positions(T, E):
    angle = torch.arange(T)[:, None] / 1000 ** (torch.arange(0, E, 2) / E)
    return torch.stack([angle.sin(), angle.cos()], dim=2).flatten(1)
