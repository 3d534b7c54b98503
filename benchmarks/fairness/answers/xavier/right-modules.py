# right
# part: initialise

import torch
from torch import nn


def xavier_init_(model):
    linear = [m for m in model.modules() if isinstance(m, nn.Linear)]
    for m in linear:
        fan_out, fan_in = m.weight.size()
        limit = (6.0 / (fan_in + fan_out)) ** 0.5
        with torch.no_grad():
            m.weight.copy_(torch.rand(fan_out, fan_in) * 2 * limit - limit)
            if m.bias is not None:
                m.bias.copy_(torch.zeros(fan_out))
