# wrong: takes the number of inputs only
# says: bound|range|fill
# part: initialise

import torch
from torch import nn


def xavier_init_(model):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            a = (6 / m.in_features) ** 0.5
            nn.init.uniform_(m.weight, -a, a)
            if m.bias is not None:
                nn.init.zeros_(m.bias)
