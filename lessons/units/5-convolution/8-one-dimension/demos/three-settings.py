"""The same kernel with padding, with a stride, and with holes."""

import torch
from torch.nn import functional as F

x, w = torch.arange(1.0, 8).reshape(1, 1, 7), torch.tensor([[[1.0, 0, -1]]])
found = {}
for settings in ({"padding": 1}, {"stride": 2}, {"dilation": 2}):
    found[str(settings)] = F.conv1d(x, w, **settings).flatten().tolist()
    print(settings, found[str(settings)])
squares = F.conv1d(x**2, w, dilation=2).flatten().tolist()
print("of the squares, dilation 2:", squares)
edge = F.pad(x[..., :5], (2, 2), mode="replicate").flatten().tolist()
print("1 to 5, each end repeated twice:", edge)
sizes = [F.conv1d(torch.zeros(1, 1, 10), w, **one).shape[-1] for one in ({}, {"padding": 1, "stride": 2}, {"dilation": 2})]
print("sizes from ten numbers: plain, padding 1 and stride 2, dilation 2:", sizes)
