"""What batch normalisation takes out again: an offset and a scale of the layer before."""

import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(32, 4, dtype=torch.float64)
layer, normal = nn.Linear(4, 6).double(), nn.BatchNorm1d(6).double()
before = normal(layer(x))
with torch.no_grad():
    layer.bias += 3
offset = (normal(layer(x)) - before).abs().max().item()
with torch.no_grad():
    layer.weight *= 7
    layer.bias *= 7
scaled = (normal(layer(x)) - before).abs().max().item()
print(f"3 more in each bias: the output changes by {offset:.0e}")
print(f"everything 7 times as large: by {scaled:.0e}, because of epsilon")
