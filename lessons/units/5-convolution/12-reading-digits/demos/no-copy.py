"""What was put aside changes with the network, unless it is a copy."""

import copy

import torch
from torch import nn

net = nn.Linear(1, 1, bias=False)
nn.init.constant_(net.weight, 5.0)
aside, copied = net.state_dict(), copy.deepcopy(net.state_dict())
with torch.no_grad():
    net.weight -= 2
print(f"put aside {aside['weight'].item()}, copied {copied['weight'].item()}")
