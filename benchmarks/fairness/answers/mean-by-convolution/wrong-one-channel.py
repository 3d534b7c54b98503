# wrong: works for one channel only
# says: channel|first turn
# part: mean
import torch
from torch import nn

def avg_as_conv(channels):
    layer = nn.Conv2d(channels, channels, 2, 2, bias=False)
    with torch.no_grad():
        layer.weight.zero_()
        for one in range(channels):
            layer.weight[0, 0] = 0.25
    return layer
