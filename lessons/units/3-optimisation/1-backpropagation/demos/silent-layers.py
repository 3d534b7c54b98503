"""How often a small network begins with no gradient at all in its first layer."""

import torch
from torch import nn

starts, silent, first_off = 2000, 0, 0
for seed in range(starts):
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(2, 1), nn.ReLU(), nn.Linear(1, 2), nn.ReLU(), nn.Linear(2, 1), nn.Sigmoid())
    x = torch.tensor([1.0, 1.0])
    (-torch.log(model(x))).backward()
    silent += not model[0].weight.grad.any()
    first_off += model[0](x).item() <= 0

print(f"no gradient in the first layer: {100 * silent / starts:.1f} % of {starts} starts")
print(f"because the first neuron is off: {100 * first_off / starts:.1f} %")
