# wrong: looks at the top level of the model only
# says: modules|deep|bound|range|fill|bias
# part: initialise

import torch
from torch import nn


def xavier_init_(model):
    for m in model.children():
        if isinstance(m, nn.Linear):
            a = (6 / (m.in_features + m.out_features)) ** 0.5
            nn.init.uniform_(m.weight, -a, a)
            nn.init.zeros_(m.bias)
