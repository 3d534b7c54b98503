# wrong: gives a column for each place
# says: transpos|shape|row
# part: positions
import torch

def positions(T, E):
    angle = torch.arange(T)[:, None] / 10000 ** (torch.arange(0, E, 2) / E)
    return torch.stack([angle.sin(), angle.cos()], dim=2).flatten(1).T
