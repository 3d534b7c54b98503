# right
# part: data
import math

import torch


def make_data(n, noise, seed):
    g = torch.Generator()
    g.manual_seed(seed)
    x = torch.empty(n, 1).uniform_(-2, 2, generator=g)
    y = torch.empty(n, 1).uniform_(0.5, 2, generator=g)
    z = x + y + x * y + (x**2 / y).sin()
    if noise:
        z += torch.normal(0.0, noise, (n, 1), generator=g)
    return torch.hstack((x, y)), z
