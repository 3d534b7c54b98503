"""A million ones through three versions of dropout: their mean in training, and what prediction makes of a one."""

import torch
from torch import nn

torch.manual_seed(0)
p = 0.3
ones = torch.ones(10**6)
left = ones.clone()
left[torch.rand(10**6) < p] = 0
layer = nn.Dropout(p)
inverted = layer(ones)
rows = {
    "no correction": (left.mean().item(), 1.0),
    "weaker in prediction": (left.mean().item(), 1 - p),
    "PyTorch's": (inverted.mean().item(), layer.eval()(ones)[0].item()),
}
for name, (training, prediction) in rows.items():
    print(f"{name:21s} training {training:.3f}   prediction {prediction:.3f}")
print(f"PyTorch's: what stays is {inverted.max().item():.6f}, the variance {inverted.var().item():.4f}")
