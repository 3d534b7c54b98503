# wrong: float64 only moves the place where the recipe breaks
# says: float64
# part: stable
import torch


def stable_ce(z, t):
    y = torch.nn.functional.softmax(z.to(torch.float64), dim=-1)
    return -y[t].log().to(z.dtype)
